using System.Diagnostics;
using System.Text;
using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Tests.Documents;

public sealed class FrontMatterTests
{
    [Fact]
    public void Yaml_is_read_as_yaml()
    {
        var front = FrontMatter.Read("---\nname: kai\ntools:\n  - prometheus\n  - host\nmeta: {a: b}\ntext: |\n  one\n  two\n---\nBody\n");

        Assert.Empty(front.Problems);
        Assert.Equal("kai", front.Text("name"));
        Assert.Equal(["prometheus", "host"], front.Find("tools")!.Items);
        Assert.Equal(KeyValuePair.Create("a", "b"), Assert.Single(front.Find("meta")!.Pairs!));
        Assert.Equal("one\ntwo", front.Find("text")!.Text);
        Assert.Equal(("Body\n", 11), (front.Body, front.BodyLine));
    }

    [Fact]
    public void Lines_are_lines_of_the_file()
    {
        var front = FrontMatter.Read("\n\n---\nname: kai\n\ntools: a\n---\n");

        Assert.Equal([4, 6], front.Entries.Select(entry => entry.Line));
    }

    [Fact]
    public void Keys_are_found_whatever_their_case_and_hyphens() =>
        Assert.Equal("x", FrontMatter.Read("---\nDisallowedTools: x\n---\n").Text("disallowed-tools"));

    [Fact]
    public void An_unquoted_colon_falls_back_with_a_warning_that_names_the_line()
    {
        var front = FrontMatter.Read("---\nname: kai\ndescription: Use for: reviews\ntools: [a, 'b']\n---\nBody");

        Assert.Equal("Use for: reviews", front.Text("description"));
        Assert.Equal(["a", "b"], front.Find("tools")!.Items);
        var problem = Assert.Single(front.Problems);
        Assert.Equal((3, ProblemSeverity.Warning), (problem.Line, problem.Severity));
        Assert.Equal("Body", front.Body);
    }

    [Fact]
    public void A_dialogue_inside_a_description_belongs_to_it()
    {
        var front = FrontMatter.Read(
            "---\nname: kai\ndescription: Use it. Examples: one: two\nuser: \"hi: there\"\nassistant: \"yes\"\nContext: more\ncolor: red\nmodel: sonnet\n---\n");

        Assert.Equal(["name", "description", "color", "model"], front.Entries.Select(entry => entry.Key));
        Assert.Contains("assistant: \"yes\"", front.Find("description")!.Text);
    }

    [Fact]
    public void Unknown_keys_survive_the_fallback()
    {
        var front = FrontMatter.Read("---\nname: a: b\nzodiac: virgo\n---\n");

        Assert.Equal("virgo", front.Text("zodiac"));
    }

    [Theory]
    [InlineData("tools:\n  - a\n  - \"b\"", "a,b")]
    [InlineData("tools: [a, b", "a,b")]
    [InlineData("tools: ['a',\n  'b']", "a,b")]
    public void The_fallback_reads_lists_in_every_form(string tools, string expected)
    {
        var front = FrontMatter.Read($"---\nbroken: a: b\n{tools}\n---\n");

        Assert.Equal(expected, string.Join(',', front.Find("tools")!.Items!));
    }

    [Fact]
    public void The_fallback_reads_blocks_and_quotes_and_maps()
    {
        var front = FrontMatter.Read("---\nx: a: b\ndescription: >\n  one\n  two: three\nname: \"a \\\"b\\\"\"\ntitle: 'it''s'\nmetadata:\n  k: v\n---\n");

        Assert.Equal("one two: three", front.Text("description"));
        Assert.Equal("a \"b\"", front.Text("name"));
        Assert.Equal("it's", front.Text("title"));
        Assert.Equal("v", front.Find("metadata")!.Pairs![0].Value);
    }

    [Fact]
    public void Front_matter_that_is_never_closed_ends_before_the_first_blank_line_or_heading()
    {
        var front = FrontMatter.Read("---\nname: kai\nmodel: sonnet\n# Kai\nBody");

        Assert.Equal(["name", "model"], front.Entries.Select(entry => entry.Key));
        Assert.Equal(("# Kai\nBody", 4), (front.Body, front.BodyLine));
        Assert.Contains("never closed", Assert.Single(front.Problems).Message);
    }

    [Theory]
    [InlineData("---\nJust a rule above.\n---\nText")]
    [InlineData("---\n\n---\nText")]
    [InlineData("---")]
    [InlineData("# Title\n---\nname: x\n---\n")]
    public void What_is_no_front_matter_stays_in_the_body(string text)
    {
        var front = FrontMatter.Read(text);

        Assert.False(front.Present);
        Assert.Equal(text, front.Body);
    }

    [Fact]
    public void A_key_written_twice_is_reported_and_the_first_counts()
    {
        var front = FrontMatter.Read("---\nname: a\nname: b\n---\n");

        Assert.Equal("a", front.Text("name"));
        Assert.Equal(3, Assert.Single(front.Problems).Line);
    }

    [Fact]
    public void Tags_and_aliases_are_ignored_with_a_warning()
    {
        var front = FrontMatter.Read("---\nname: &n kai\ntitle: *n\ndescription: !!python/object/apply:os.system [ls]\n---\n");

        Assert.Equal("kai", front.Text("name"));
        Assert.Null(front.Text("title"));
        Assert.Equal([3, 4], front.Problems.Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("*star")]
    [InlineData("&amp")]
    [InlineData("@at")]
    [InlineData("%percent")]
    [InlineData("`code`")]
    public void Text_that_only_looks_like_yaml_is_kept_as_text(string value) =>
        Assert.Equal(value, FrontMatter.Read($"---\nname: {value}\n---\n").Text("name"));

    [Fact]
    public void A_yaml_bomb_is_not_expanded()
    {
        var bomb = new StringBuilder("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        var clock = Stopwatch.StartNew();
        var front = FrontMatter.Read(bomb.Append("name: kai\n---\nBody").ToString());

        Assert.Equal("kai", front.Text("name"));
        Assert.True(front.Problems.Count <= 20, $"{front.Problems.Count} problems");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("[", 50_000)]
    [InlineData("{a: ", 10_000)]
    [InlineData("- ", 20_000)]
    [InlineData("? ", 20_000)]
    [InlineData("name: x\n", 100_000)]
    [InlineData("\"", 60_000)]
    public void Deep_or_endless_front_matter_is_bounded(string piece, int times)
    {
        var clock = Stopwatch.StartNew();

        FrontMatter.Read($"---\nname: kai\nx: {string.Concat(Enumerable.Repeat(piece, times))}\n---\nBody");

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }
}
