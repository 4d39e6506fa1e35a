using System.Text;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Markdown;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Terminal;

public sealed class MarkdownTests
{
    private const string Page = """
        # Checkout is *burning*

        The error rate of **checkout** has been climbing since 02:41 and is thirty times its usual value; `search_http_requests_total` moves as it does every night. See [the runbook](https://wiki/checkout) or https://grafana/d/1.
        A second line of the same paragraph.

        1. Look at release **42**
        2. Roll it back:
           - image `sha256:77ab`
           - one instance at a time
        3. Watch

        - loose

        - list

          with a second paragraph

        > Quoted words of somebody else, long enough that they have to be wrapped over at least two lines here.

        | service | rate | what it does to people who want to buy something |
        |:--------|-----:|:--:|
        | checkout | 6.1 | they cannot pay, and the basket is lost when they try again |
        | 検索 | 0.2 | nothing |

        ```promql
        sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m]))
        ```

        ---

        - [x] done
        - [ ] ~~not~~ done
        """;

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void A_page_is_laid_out(int width) =>
        Snapshot.Verify(string.Join('\n', new MarkdownRenderer(new Ink(colour: false), width).Render(Page)), name: $"{width}");

    [Fact]
    public void Looks_are_put_on_where_there_is_colour() =>
        Snapshot.Verify(string.Join('\n', new MarkdownRenderer(new Ink(colour: true), 80).Render(Page)).Replace('\u001b', '␛'));

    [Fact]
    public void A_stream_shows_the_page_as_it_comes() => Snapshot.Verify(Streamed(Page, 7, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(100_000)]
    public void It_does_not_matter_how_the_text_is_cut(int size) => Assert.Equal(Streamed(Page, 7, out _), Streamed(Page, size, out _));

    [Fact]
    public void Nothing_shown_is_ever_taken_back()
    {
        Streamed(Page, 3, out var pieces);

        Assert.DoesNotContain(pieces, piece => piece.Contains('\u001b', StringComparison.Ordinal) || piece.Contains('\r', StringComparison.Ordinal));
    }

    [Fact]
    public void A_paragraph_appears_before_it_is_complete()
    {
        var shown = new StringBuilder();
        var stream = new MarkdownStream(text => shown.Append(text), () => 80, new Ink(colour: false));
        stream.Append("The error rate is **climb");

        Assert.Equal("The error rate is", shown.ToString());
    }

    [Fact]
    public void A_heading_written_with_equals_signs_keeps_its_words() =>
        Assert.Equal("Title of it\nText\n", Streamed("Title of it\n===\nText", 4, out _));

    [Theory]
    [InlineData("**never closed and more words")]
    [InlineData("`never closed and more words")]
    [InlineData("[never closed and more words")]
    [InlineData("| half | a table")]
    [InlineData("```\nnever closed")]
    [InlineData("5 * 3 is 15 and 2 * 2 is 4")]
    [InlineData("text with a_b_c and \\*stars\\*")]
    public void Unfinished_marks_lose_no_words(string markdown)
    {
        var shown = Streamed(markdown, 3, out _);

        Assert.All(markdown.Split([' ', '\n', '|', '*', '`', '[', '\\'], StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word, shown, StringComparison.Ordinal));
    }

    private static string Streamed(string markdown, int size, out List<string> pieces)
    {
        var written = pieces = [];
        var stream = new MarkdownStream(written.Add, () => 80, new Ink(colour: false));
        foreach (var chunk in markdown.Chunk(size))
        {
            stream.Append(new string(chunk));
        }

        stream.Finish();
        return string.Concat(written);
    }
}
