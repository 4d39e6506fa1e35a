using System.Text.RegularExpressions;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Skills;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Skills;

public sealed partial class ShippedSkillsTests
{
    private static readonly SkillCatalogue Shipped =
        new([new DocumentFolder(RepositoryRoot.Path("skills"), "shipped", MustExist: true)], TimeProvider.System);

    [Fact]
    public void Three_ship_and_keep_every_rule_of_the_format()
    {
        Assert.Equal(["deploy-fly", "git-worktree", "github-issues"], Shipped.All.Select(skill => skill.Name));
        Assert.Empty(Shipped.Problems.SelectMany(report => report.Problems));
    }

    [Fact]
    public void Tools_this_host_does_not_have_are_named_by_the_check()
    {
        var known = new KnownNames { Tools = KnownNames.ToolNames(ToolFactory.From(new SkillTools(Shipped))) };

        var problems = Shipped.Reports(known).Single(report => report.Id == "deploy-fly").Problems;

        Assert.Contains(problems, problem => problem is { Severity: "warning", Message: "names fly_deploy, which this host does not have" });
    }

    [Fact]
    public void A_tool_named_in_the_instructions_is_among_the_allowed_ones() =>
        Assert.All(Shipped.All, skill => Assert.Subset(
            skill.AllowedTools.ToHashSet(),
            ToolName().Matches(skill.Body).Select(match => match.Groups["name"].Value).ToHashSet()));

    [Fact]
    public async Task Every_file_a_skill_points_to_is_there()
    {
        foreach (var skill in Shipped.All)
        {
            foreach (Match link in Link().Matches(skill.Body))
            {
                Assert.NotNull(await Shipped.ReadFileAsync(skill, link.Groups["path"].Value, TestContext.Current.CancellationToken));
            }
        }
    }

    [GeneratedRegex("`(?<name>(fly|git|github|prometheus|alertmanager)_[a-z_]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToolName();

    [GeneratedRegex(@"\]\((?<path>references/[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
