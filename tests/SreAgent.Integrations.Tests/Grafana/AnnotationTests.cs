using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Marks that are read, and the one that is left.</summary>
public class AnnotationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Marks_come_newest_first_with_window_tags_and_links()
    {
        var stub = new StubHandler().On(HttpMethod.Get, "/g/api/annotations", Json(
            """
            [{"id":1,"dashboardUID":"shop","panelId":0,"time":1795170000000,"timeEnd":1795170060000,"text":"Deploy of checkout","tags":["deploy"],"login":"sa-sre"},
             {"id":2,"time":1795172400000,"timeEnd":1795172400000,"text":"","tags":[],"alertName":"Errors","newState":"Alerting"}]
            """));
        using var wired = GrafanaWired.Over(stub);

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.ListAnnotationsAsync(tags: ["deploy", "service:checkout"], dashboard: "shop", limit: 10, cancellationToken: Token));

        var marks = Assert.IsType<Mark[]>(found.Data);
        Assert.Equal([2, 1], marks.Select(mark => mark.Id));
        Assert.Equal(("Alert Errors became Alerting. ", null, null), (marks[0].Text, marks[0].Until, marks[0].Link));
        Assert.Equal((TimeSpan.FromMinutes(1), "shop", null, "sa-sre"), (marks[1].Until - marks[1].At, marks[1].Dashboard, marks[1].Panel, marks[1].By));
        Assert.StartsWith("http://grafana.test/g/d/shop?from=", marks[1].Link!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(["Window not given: the last day."], found.Evidence.Notes);
        Assert.Equal("?from=1795089600000&to=1795176000000&dashboardUID=shop&tags=deploy&tags=service:checkout&limit=11", stub.Asked[0].Query);
    }

    [Fact]
    public async Task More_marks_than_shown_is_said_and_none_is_an_answer()
    {
        var stub = new StubHandler().On(
            HttpMethod.Get, "/g/api/annotations", Json("""[{"id":1,"time":1,"text":"a"},{"id":2,"time":2,"text":"b"}]"""), Json("[]"));
        using var wired = GrafanaWired.Over(stub);

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.ListAnnotationsAsync("now-1h", "now", limit: 1, cancellationToken: Token));
        Assert.IsType<ToolResult.NoData>(await wired.Tools.ListAnnotationsAsync(cancellationToken: Token));

        Assert.Equal("b", Assert.Single(Assert.IsType<Mark[]>(found.Data)).Text);
        Assert.StartsWith("The newest 1 are shown; more exist.", Assert.Single(found.Evidence.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_is_left_with_our_tag_and_as_plain_text()
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);

        var found = Assert.IsType<ToolResult.Found>(
            await wired.Tools.CreateAnnotationAsync("game day <b>", "now-10m", "now", [" drill ", "drill"], "shop", 4, Token));

        var entry = Assert.Single(book.Entries);
        Assert.Equal(("game day &lt;b&gt;", "shop", 4), ((string?)entry["text"], (string?)entry["dashboardUID"], (int)entry["panelId"]!));
        Assert.Equal((1795175400000, 1795176000000), ((long)entry["time"]!, (long)entry["timeEnd"]!));
        Assert.Equal(["sre-agent", "drill"], entry["tags"]!.AsArray().Select(tag => (string?)tag));
        Assert.Equal("annotation 1", found.Evidence.Query);
        Assert.NotNull(found.Evidence.Link);
    }

    [Theory]
    [InlineData("x", null, null, "change:chg-7k2m9qx4ht", null, null, "is kept for the host's own records")]
    [InlineData("x", null, null, " Change:1", null, null, "is kept for the host's own records")]
    [InlineData(" ", null, null, "a", null, null, "needs a text")]
    [InlineData("x", null, null, "a", null, 3, "A panel is only known together with its dashboard")]
    [InlineData("x", "now", "now-1h", "a", null, null, "The span is empty")]
    [InlineData("x", "soon", null, "a", null, null, "'soon' is not a time for from")]
    [InlineData("x", null, null, "a", "../admin", null, "is not a dashboard's uid")]
    public async Task A_note_that_makes_no_sense_is_not_left(string text, string? from, string? to, string tag, string? dashboard, int? panel, string sentence)
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.CreateAnnotationAsync(text, from, to, [tag], dashboard, panel, Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Empty(book.Entries);
    }

    [Fact]
    public async Task A_note_is_sent_once_even_when_Grafana_stumbles()
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/g/api/annotations", Body("busy", "text/plain", System.Net.HttpStatusCode.ServiceUnavailable));
        using var wired = GrafanaWired.Over(stub);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.CreateAnnotationAsync("x", cancellationToken: Token));

        Assert.Single(stub.Asked);
        Assert.False(fault.Retryable);
    }
}
