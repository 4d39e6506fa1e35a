using System.Text;
using SreAgent.Host.Terminal.Editing;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Tests.Terminal;

public sealed class LineEditorTests
{
    private static readonly string[] History = ["first", "second one"];

    // Keys as a terminal sends them; | in the wanted text is the cursor.
    [Theory]
    [InlineData("abc", "abc|")]
    [InlineData("abc\u001b[D\u001b[DX", "aX|bc")]
    [InlineData("abc\u001b[HX", "X|abc")]
    [InlineData("abc\u0001X\u0005Y", "XabcY|")]
    [InlineData("abc\u001bOHX\u001bOFY", "XabcY|")]
    [InlineData("one two three\u0017", "one two |")]
    [InlineData("one two\u0001\u000b", "|")]
    [InlineData("one two\u0015three", "three|")]
    [InlineData("one two\u0017\u0001\u0019", "two|one ")]
    [InlineData("one two\u001bbX", "one X|two")]
    [InlineData("one two\u001b[1;5D\u001b[1;5D\u001b[1;5CX", "oneX| two")]
    [InlineData("abc\u007f\u007f", "a|")]
    [InlineData("abc\u0002\u001b[3~", "ab|")]
    [InlineData("日本語\u001b[D\u007f", "日|語")]
    [InlineData("e\u0301a\u007f\u007f", "|")]
    [InlineData("👩‍🚒x\u007f\u007f", "|")]
    [InlineData("first line\\\rsecond", "first line\nsecond|")]
    [InlineData("a\u001b\rb", "a\nb|")]
    [InlineData("a\\\rbc\u001b[AX", "aX|\nbc")]
    [InlineData("\u001b[200~two\r\nlines\t\u001b[201~", "two\nlines    |")]
    [InlineData("\u001b[200~\u0003\u001b[31mred\u001b[201~", "[31mred|")]
    [InlineData("\u001b[A", "second one|")]
    [InlineData("\u001b[A\u001b[A", "first|")]
    [InlineData("draft\u001b[A\u001b[B", "draft|")]
    [InlineData("\u0012fir", "first|")]
    [InlineData("\u0012fir\u0007!", "first!|")]
    [InlineData("/he\t", "/help |")]
    [InlineData("/c\t", "/c|")]
    [InlineData("/ch\t", "/changes |")]
    public void Keys_edit_the_text(string typed, string wanted)
    {
        var editor = Editor();
        foreach (var key in new KeyDecoder().Feed(Encoding.UTF8.GetBytes(typed)))
        {
            editor.Apply(key);
        }

        Assert.Equal(wanted, editor.Buffer.Text.Insert(editor.Buffer.Cursor, "|"));
    }

    [Theory]
    [InlineData("abc\r", EditOutcome.Submitted)]
    [InlineData("abc\u0003", EditOutcome.Interrupted)]
    [InlineData("\u0004", EditOutcome.EndOfInput)]
    [InlineData("abc\u0004", EditOutcome.Edited)]
    [InlineData("/c\t", EditOutcome.Candidates)]
    [InlineData("\u000c", EditOutcome.ClearScreen)]
    internal void Some_keys_end_or_interrupt_the_line(string typed, EditOutcome wanted)
    {
        var editor = Editor();
        var outcomes = new KeyDecoder().Feed(Encoding.UTF8.GetBytes(typed)).Select(editor.Apply).ToArray();

        Assert.Equal(wanted, outcomes[^1]);
    }

    private static LineEditor Editor() => new(History, before =>
        new Completion(0, [.. new[] { "/help", "/changes", "/clear", "/context" }.Where(word => before.Length > 0 && word.StartsWith(before, StringComparison.Ordinal))]));
}
