using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Personas;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Skills;

namespace SreAgent.Runtime.Tests.Personas;

/// <summary>No file may bring the host down, and hardly any may be lost.</summary>
public sealed class AnyFileTests
{
    private static readonly string[] Pieces =
    [
        "---\n", "---", "...\n", "name: ", "description: ", "tools: ", "id: ", "title: ", "skills:\n", "  - ", "- ", "* ", "1. ", "[", "]", "{", "}", "(use ", ")",
        "\"", "'", "|", ">", "&a ", "*a", "!!x ", "!<tag:x> ", "? ", ": ", ":", "#", "# ", "## Must-Answer\n", "## Tools\n", "### Personalities\n", "**The X:** ",
        "**Agent Name:** ", "```\n", "~~~\n", "`", "**", "\n", "\n\n", "\t", " ", "kai", "SLO", "🤖", "\ud800", "\u0000", "\u001b[31m", "\u2028", "%YAML 9.9\n", "%TAG ! x\n",
        "mcp__", "__", "Bash(", "<example>", "Examples:", "\\n", "~", "null", ",", "-", "_", "$", "@", "%", "=", "<<: *a\n", "é", "ﬁ",
    ];

    [Fact]
    public void Nothing_a_file_can_hold_throws()
    {
        var file = Gen.ListOf(Gen.Elements(Pieces)).Select(string.Concat);
        var opened = file.Select(text => "---\nname: x\n" + text);
        Prop.ForAll(Arb.From(Gen.OneOf(file, opened)), text =>
        {
            var (persona, problems) = PersonaParser.Parse("/x/f.md", text);
            var (skill, skillProblems) = SkillParser.Parse("/x/f/SKILL.md", text, []);
            return (persona is not null || problems.Any(problem => problem.Severity == ProblemSeverity.Error))
                && (skill is not null || skillProblems.Any(problem => problem.Severity == ProblemSeverity.Error))
                && (persona is null || (persona.Persona.Id.Length is > 0 and <= 64 && !persona.Persona.Name.Any(char.IsControl)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(60));
    }

    [Fact]
    public void At_least_99_in_100_files_with_front_matter_load_however_oddly_they_are_written()
    {
        string[] names = ["kai", "Code Reviewer", "🤖 Bot (v2)", "\"quoted: name\"", "'single'", "a: b", "SRE_Commander", "*star", "&amp", "@at", "日本語"];
        string[] descriptions =
        [
            "Plain.", "Use for: reviews", "Use when # hash", "'It''s'", "\"with \\\"quotes\\\"\"", "|\n  block\n  text", ">-\n  folded",
            "Use it. Examples:\\n\\n<example>\\nContext: x\\nuser: \"y: z\"\\n</example>", "Use it.\nuser: \"a: b\"\nassistant: \"c\"", "- dash", "{brace", "[bracket", "%percent", "`code`: x",
        ];
        string[] tools = ["", "tools: Read, Write\n", "tools: [Read, 'Bash(git:*)']\n", "tools:\n  - Read\n  - mcp__x__y\n", "tools: *\n", "tools: {a: true}\n", "tools: Read,Write,\n"];
        string[] extra = ["", "color: blue\n", "emoji: 🎬\n", "vibe: it's: odd\n", "model: opus\n\n", "hooks:\n  PreToolUse:\n    - matcher: x\n", "# comment\n", "\tindented: tab\n", "name: twice\n"];
        string[] ends = ["---\nBody\n", "---   \nBody\n", "...\nBody\n", "---\n", "\n# Body without an end\n", "---\n\n---\nRule below\n"];
        var files = from name in names
                    from description in descriptions
                    from tool in tools
                    from more in extra
                    from end in ends
                    select $"---\nname: {name}\ndescription: {description}\n{tool}{more}{end}";

        // One in thirteen of all combinations; no list has thirteen entries, so all values meet.
        var sample = files.Where((_, index) => index % 13 == 0).ToArray();
        var lost = sample.Where(text => PersonaParser.Parse("/x/f.md", text).Document is not { Persona.Description.Length: > 0, Persona.Id: not "f" }).ToArray();

        Assert.True(lost.Length <= sample.Length / 100, $"{lost.Length} of {sample.Length} were lost; for instance {lost.FirstOrDefault()}");
    }

    [Theory]
    [InlineData("a ", 500_000)]
    [InlineData("- a\n", 250_000)]
    [InlineData("  x\n", 250_000)]
    [InlineData("# h\n", 250_000)]
    [InlineData("## Must-Answer\n- What are the SLOs?\n", 10_000)]
    [InlineData("(use ", 200_000)]
    [InlineData("**", 500_000)]
    [InlineData("```\n", 250_000)]
    public void A_megabyte_of_anything_is_read_in_reasonable_time(string piece, int times)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        PersonaParser.Parse("/x/f.md", $"---\nname: x\n---\n## When NOT to use\n- {string.Concat(Enumerable.Repeat(piece, times))}");

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
    }
}
