using SreAgent.Core.Personas;
using SreAgent.Runtime.Skills;

namespace SreAgent.Runtime.Tests.Skills;

public sealed class SkillParserTests
{
    [Fact]
    public void A_skill_by_the_rules_has_no_problems()
    {
        var (document, problems) = Parse("---\nname: deploy\ndescription: Deploys. Use it.\nlicense: MIT\ncompatibility: fly\nmetadata: {a: b}\nallowed-tools: fly_status fly_deploy\n---\n# Do\n");

        Assert.Empty(problems);
        Assert.Equal(("deploy", "Deploys. Use it.", "# Do"), (document!.Skill.Name, document.Skill.Description, document.Skill.Body));
        Assert.Equal(("MIT", "fly"), (document.Skill.License, document.Skill.Compatibility));
        Assert.Equal(["fly_status", "fly_deploy"], document.Skill.AllowedTools);
    }

    [Theory]
    [InlineData("---\nname: deploy\n---\nBody")]
    [InlineData("---\nname: deploy\ndescription:\n---\nBody")]
    [InlineData("# No front matter")]
    public void Without_a_description_it_is_refused(string text)
    {
        var (document, problems) = Parse(text);

        Assert.Null(document);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Error && problem.Message.Contains("no description"));
    }

    [Theory]
    [InlineData("name: other", "differs from the folder's")]
    [InlineData("name: Deploy", "lower-case")]
    [InlineData("name: -deploy", "lower-case")]
    [InlineData("name: de--ploy", "lower-case")]
    [InlineData("name: deploy\nversion: 2", "'version' is not part")]
    [InlineData("name: deploy\nmetadata: text", "map")]
    [InlineData("name: deploy\nallowed-tools: [a_b]", "one text")]
    [InlineData("color: red", "folder's gives 'deploy'")]
    public void What_breaks_a_rule_is_used_with_a_warning(string lines, string warning)
    {
        var (document, problems) = Parse($"---\ndescription: Does.\n{lines}\n---\nBody");

        Assert.NotNull(document);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Warning && problem.Line > 0 && problem.Message.Contains(warning));
    }

    [Fact]
    public void Overlong_parts_are_used_with_a_warning()
    {
        var (document, problems) = Parse(
            $"---\nname: deploy\ndescription: {new string('d', 1025)}\ncompatibility: {new string('c', 501)}\n---\n{string.Concat(Enumerable.Repeat("line\n", 600))}");

        Assert.NotNull(document);
        Assert.Equal([3, 4, 6], problems.Select(problem => problem.Line).Order());
    }

    [Fact]
    public void Broken_yaml_is_read_line_by_line()
    {
        var (document, problems) = Parse("---\nname: deploy\ndescription: Use when: it burns\n---\nBody");

        Assert.Equal("Use when: it burns", document!.Skill.Description);
        Assert.Contains(problems, problem => problem is { Line: 3, Severity: ProblemSeverity.Warning });
    }

    [Fact]
    public void Tools_stay_as_written_and_those_of_coding_agents_are_not_granted()
    {
        var (document, problems) = Parse("---\nname: deploy\ndescription: D.\nallowed-tools: Bash(git add:*) Read fly_status\n---\nBody");

        Assert.Equal(["Bash(git add:*)", "Read", "fly_status"], document!.Skill.AllowedTools);
        Assert.Equal("fly_status", Assert.Single(document.Tools).Pattern);
        Assert.Equal(2, problems.Count(problem => problem.Severity == ProblemSeverity.Info));
    }

    private static (SkillDocument? Document, IReadOnlyList<DocumentProblem> Problems) Parse(string text) => SkillParser.Parse("/skills/deploy/SKILL.md", text, []);
}
