using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Markdown;
using SreAgent.Host.Text;

namespace SreAgent.Host.Tests.Text;

public sealed class SafeTextTests
{
    public static TheoryData<string, string> Attacks => new()
    {
        { "\u001b[2J\u001b[1;1Happroved", "␛[2J␛[1;1Happroved" },
        { "\u001b]0;title\u0007", "␛]0;title␇" },
        { "\u001b]52;c;Y3VybA==\u0007", "␛]52;c;Y3VybA==␇" },
        { "\u009b31m", "<U+009B>31m" },
        { "ok\rFAILED", "ok␍FAILED" },
        { "staging\u202enoitcudorp", "staging<U+202E>noitcudorp" },
        { "a\u2066b\u2069c", "a<U+2066>b<U+2069>c" },
        { "check\u200bout", "check<U+200B>out" },
        { "x\ufeffy\u00ady", "x<U+FEFF>y<U+00AD>y" },
        { "tag\U000E0041s", "tag<U+E0041>s" },
        { "one\u2028two", "one<U+2028>two" },
        { "one\ntwo", "one↵two" },
        { "a\bb\u007f", "a␈b␡" },
        { "blank\u3164", "blank<U+3164>" },
        { "half \ud83d", "half \ufffd" },
        { "日本語 é 👩‍🚒", "日本語 é 👩‍🚒" },
        { "tab\there", "tab    here" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Text_that_steers_a_terminal_is_shown_instead(string text, string wanted) => Assert.Equal(wanted, SafeText.Line(text));

    [Theory]
    [InlineData("plain &#27;[2J text")]
    [InlineData("plain &#x9b;2J text")]
    [InlineData("`code \u001b[2J`")]
    [InlineData("[label\u001b[2J](http://x/\u001b[2J)")]
    [InlineData("```\n\u001b[2J\n```")]
    [InlineData("| a\u001b[2J | b |\n|---|---|\n| \u009b1m | x |")]
    [InlineData("- item \u001b[2J")]
    [InlineData("# head \u001b]0;x\u0007")]
    [InlineData("> quote \u202e")]
    [InlineData("<b \u001b[2J>")]
    [InlineData("    indented \u001b[2J")]
    public void Markdown_lets_nothing_through_either(string markdown)
    {
        var shown = new List<string>();
        var stream = new MarkdownStream(shown.Add, () => 80, new Ink(colour: false));
        stream.Append(markdown);
        stream.Finish();
        var text = string.Concat(shown) + string.Join('\n', new MarkdownRenderer(new Ink(colour: false), 80).Render(markdown));

        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c == '\u202e'));
    }

    [Fact]
    public void A_link_shows_where_it_goes() =>
        Assert.Equal(["the docs (http://evil.example/)"], new MarkdownRenderer(new Ink(colour: false), 80).Render("[the docs](http://evil.example/)"));
}
