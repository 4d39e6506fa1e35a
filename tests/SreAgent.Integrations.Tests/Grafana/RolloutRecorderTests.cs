using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>A deploy on the dashboard: opened, found again after a crash, closed once.</summary>
public class RolloutRecorderTests
{
    private static readonly RolloutRecord Deploy = new(
        new ChangeRequestId("chg-7k2m9qx4ht"), "checkout", "production", IsRollback: false, "shop:v42", "shop:v43", "4c29052", "acme/shop",
        "https://grafana.example/d/shop/checkout", "ada", ["grace"], GrafanaWired.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deploy_becomes_a_region_with_its_verdict()
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);
        var recorder = Assert.Single(wired.Recorders);
        Assert.True(recorder.Takes(Deploy));

        var handle = await recorder.OpenAsync(Deploy, Token);
        var opened = Assert.Single(book.Entries);
        Assert.Equal(("shop", 1795176000000, null), ((string?)opened["dashboardUID"], (long)opened["time"]!, opened["timeEnd"]));
        Assert.Equal(["sre-agent", "deploy", "change:chg-7k2m9qx4ht", "service:checkout"], opened["tags"]!.AsArray().Select(tag => (string?)tag));
        Assert.Equal("Deploy of checkout in production: shop:v42 to shop:v43 (commit 4c29052)\nchg-7k2m9qx4ht, asked for by ada, approved by grace", (string?)opened["text"]);

        var ending = new RolloutEnding(GrafanaWired.Noon.AddMinutes(3), VerificationVerdict.Failed, "Errors rose from 0 % to 12 %.");
        await recorder.CloseAsync(Deploy, handle, ending, Token);
        await recorder.CloseAsync(Deploy, handle, ending, Token);

        var closed = Assert.Single(book.Entries);
        Assert.Equal((1795176000000, 1795176180000), ((long)closed["time"]!, (long)closed["timeEnd"]!));
        Assert.EndsWith("\nFailed at 2026-11-20 12:03:00Z: Errors rose from 0 % to 12 %.", (string?)closed["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_found_again_by_its_change_and_kind()
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);
        var recorder = wired.Recorders[0];

        Assert.Null(await recorder.FindAsync(Deploy, Token));
        var deploy = await recorder.OpenAsync(Deploy, Token);
        Assert.Null(await recorder.FindAsync(Deploy with { IsRollback = true }, Token));
        var rollback = await recorder.OpenAsync(Deploy with { IsRollback = true }, Token);

        Assert.Equal(deploy, await recorder.FindAsync(Deploy, Token));
        Assert.Equal(rollback, await recorder.FindAsync(Deploy with { IsRollback = true }, Token));
        Assert.Null(await recorder.FindAsync(Deploy with { Change = new ChangeRequestId("chg-other") }, Token));
    }

    [Fact]
    public async Task A_server_that_ignores_the_filter_does_not_lead_to_somebody_elses()
    {
        var book = new AnnotationBook { IgnoresFilters = true };
        using var wired = GrafanaWired.Over(book);
        await wired.Recorders[0].OpenAsync(Deploy with { Change = new ChangeRequestId("chg-other") }, Token);

        Assert.Null(await wired.Recorders[0].FindAsync(Deploy, Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://grafana.example/dashboards")]
    [InlineData("../../admin")]
    public async Task Without_a_dashboard_it_stands_on_all_of_them(string? dashboard)
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);

        await wired.Recorders[0].OpenAsync(Deploy with { Dashboard = dashboard }, Token);

        Assert.False(Assert.Single(book.Entries).ContainsKey("dashboardUID"));
    }

    [Fact]
    public async Task What_others_wrote_is_text_and_not_markup()
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);

        await wired.Recorders[0].OpenAsync(Deploy with { To = "shop:<a href='//evil'>v43</a>" }, Token);

        Assert.Contains("shop:&lt;a href='//evil'&gt;v43&lt;/a&gt;", (string?)book.Entries[0]["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_gone_or_never_was_is_said()
    {
        using var wired = GrafanaWired.Over(new AnnotationBook());
        var ending = new RolloutEnding(GrafanaWired.Noon, VerificationVerdict.Passed, "Fine.");

        var gone = await Assert.ThrowsAsync<ToolException>(() => wired.Recorders[0].CloseAsync(Deploy, "7", ending, Token));
        var odd = await Assert.ThrowsAsync<ToolException>(() => wired.Recorders[0].CloseAsync(Deploy, "../1", ending, Token));

        Assert.Contains("has no annotation 7 (404: Annotation not found)", gone.Message, StringComparison.Ordinal);
        Assert.Contains("'../1' is not the id of a Grafana annotation", odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ending_before_the_beginning_never_makes_a_region_backwards()
    {
        var book = new AnnotationBook();
        using var wired = GrafanaWired.Over(book);
        var handle = await wired.Recorders[0].OpenAsync(Deploy, Token);

        await wired.Recorders[0].CloseAsync(Deploy, handle, new RolloutEnding(GrafanaWired.Noon.AddSeconds(-5), VerificationVerdict.Passed, "Fine."), Token);

        Assert.Equal((long)book.Entries[0]["time"]!, (long)book.Entries[0]["timeEnd"]!);
    }
}
