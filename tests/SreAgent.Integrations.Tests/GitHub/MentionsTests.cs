using SreAgent.Integrations.GitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>Text written here calls nobody; code stays code. In doubt it is not code.</summary>
public class MentionsTests
{
    [Theory]
    [InlineData("hello @everyone")]
    [InlineData("@acme/sre look")]
    [InlineData("(@ada)")]
    [InlineData("_x_@ada")]
    [InlineData("done.@ada")]
    [InlineData("&#64;ada")]
    [InlineData("&#x0040;ada")]
    [InlineData("&commat;ada")]
    [InlineData("@&#97;da")]
    [InlineData("\\@ada")]
    public void A_mention_reads_the_same_and_notifies_nobody(string text)
    {
        var (silent, count) = Mentions.Silence(text);

        Assert.Equal(1, count);
        Assert.Equal(text, silent.Replace("\u200B", "", StringComparison.Ordinal));
        Assert.NotEqual(text, silent);
    }

    [Theory]
    [InlineData("mail ada@example.org")]
    [InlineData("registry/image@sha256:abc")]
    [InlineData("at 12:00 @ noon")]
    [InlineData("run `npm i @octokit/rest` now")]
    [InlineData("```\n@decorator\n```\nplain")]
    [InlineData("~~~ts\nimport x from '@acme/x'\n~~~")]
    public void What_is_no_mention_stays_as_it_is(string text) =>
        Assert.Equal((text, 0), Mentions.Silence(text));

    [Theory]
    [InlineData("\\`@ada`")]
    [InlineData("`a\nb` @ada `c`")]
    [InlineData("<a title='`'>@ada`</a>")]
    [InlineData("<div>\n```\n@ada\n```\n</div>")]
    [InlineData("- ```\n  x\n  ```\n@ada\n```\n")]
    [InlineData("> ```\n@ada\n```")]
    [InlineData("- a\n  ```\n  x\nb @ada\n```")]
    [InlineData("| `a | @ada` |")]
    [InlineData("``` @ada\nx\n```")]
    [InlineData("``x ` @ada``")]
    public void What_only_looks_like_code_is_silenced(string text) =>
        Assert.Equal(1, Mentions.Silence(text).Silenced);
}
