using System.Net.Http.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Alertmanager;
using SreAgent.Testing.Servers;

namespace SreAgent.Integrations.Tests.Alertmanager;

/// <summary>The life of a silence, against a real Alertmanager.</summary>
public class SilenceTests(RealAlertmanager alertmanager)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silence_is_planned_made_seen_ended_and_seen_to_have_ended()
    {
        using var wired = await WiredAsync();
        var tools = wired.Alertmanager;
        string[] matchers = ["story=\"life\""];
        await PostAlertsAsync(("Slow", "life", "a"), ("Slow", "life", "b"), ("Full", "life", "a"));

        var plan = await tools.PlanCreateAsync(matchers, "2h", "being fixed", Token);
        Assert.All(plan.Preflight, check => Assert.True(check.Passed, check.Detail));
        Assert.StartsWith("3 matching alerts notify now", plan.Current, StringComparison.Ordinal);
        Assert.Contains("Slow ×2", plan.BlastRadius, StringComparison.Ordinal);
        Assert.Contains("Full (", plan.BlastRadius, StringComparison.Ordinal);
        Assert.Equal(VerificationVerdict.Failed, (await tools.VerifyCreateAsync(matchers, "2h", "", Token)).Verdict);

        var made = Assert.IsType<SilenceResult>(Assert.IsType<ToolResult.Found>(await tools.CreateSilenceAsync(matchers, "2h", "being fixed", Token)).Data);
        var verified = await tools.VerifyCreateAsync(matchers, "2h", "", Token);
        Assert.True(verified.Verdict == VerificationVerdict.Passed, verified.Detail);
        Assert.NotEqual(plan.Fingerprint, (await tools.PlanCreateAsync(matchers, "2h", "", Token)).Fingerprint);

        var listed = Assert.Single(Assert.IsType<SilencesResult>(Assert.IsType<ToolResult.Found>(
            await tools.ListSilencesAsync(contains: made.Id, cancellationToken: Token)).Data).Silences);
        Assert.Equal(("active", "sre-agent", "being fixed"), (listed.State, listed.CreatedBy, listed.Comment));
        var held = Assert.IsType<HeldAlertsResult>(Assert.IsType<ToolResult.Found>(
            await tools.ListAlertsAsync(matchers, HeldAlertState.Suppressed, cancellationToken: Token)).Data);
        Assert.Equal([made.Id], held.Alerts[0].SilencedBy!);

        var ending = await tools.PlanExpireAsync(made.Id, cancellationToken: Token);
        Assert.Contains("Slow ×2", ending.BlastRadius, StringComparison.Ordinal);
        Assert.Equal(VerificationVerdict.Failed, (await tools.VerifyExpireAsync(made.Id, cancellationToken: Token)).Verdict);
        await tools.ExpireSilenceAsync(made.Id, cancellationToken: Token);
        Assert.Equal(VerificationVerdict.Passed, (await tools.VerifyExpireAsync(made.Id, cancellationToken: Token)).Verdict);
        Assert.False(Assert.Single((await tools.PlanExpireAsync(made.Id, cancellationToken: Token)).Preflight).Passed);
    }

    [Fact]
    public async Task One_more_alert_of_a_kind_already_seen_does_not_change_what_was_decided()
    {
        using var wired = await WiredAsync();
        await PostAlertsAsync(("Slow", "drift", "a"));
        var seen = await wired.Alertmanager.PlanCreateAsync(["story=drift"], "1h", "x", Token);

        await PostAlertsAsync(("Slow", "drift", "b"));
        var more = await wired.Alertmanager.PlanCreateAsync(["story=\"drift\""], "1h", "y", Token);
        await PostAlertsAsync(("DataLoss", "drift", "a"));
        var other = await wired.Alertmanager.PlanCreateAsync(["story=\"drift\""], "1h", "x", Token);

        Assert.Equal(seen.Fingerprint, more.Fingerprint);
        Assert.NotEqual(seen.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public async Task Too_long_and_too_wide_silences_stop_before_anybody_is_asked()
    {
        using var wired = await WiredAsync();

        var tooLong = await wired.Alertmanager.PlanCreateAsync(["alertname=\"X\""], "25h", "x", Token);
        var tooWide = await wired.Alertmanager.PlanCreateAsync(["alertname=~\".+\"", "team!=\"a\""], "1h", "x", Token);

        Assert.False(tooLong.Preflight.Single(check => check.Name == "duration allowed").Passed);
        Assert.False(tooWide.Preflight.Single(check => check.Name == "matches less than everything").Passed);
        await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.CreateSilenceAsync(["alertname=\"X\""], "25h", "x", Token));
    }

    [Fact]
    public async Task What_Alertmanager_rejects_comes_back_in_its_own_words()
    {
        using var wired = await WiredAsync();

        var badPattern = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.CreateSilenceAsync(["a=~\"(\""], "1h", "x", Token));
        var unknown = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.ExpireSilenceAsync(Guid.NewGuid().ToString(), cancellationToken: Token));

        Assert.Contains("does not accept that", badPattern.Message, StringComparison.Ordinal);
        Assert.Contains("not found", unknown.Message, StringComparison.Ordinal);
        Assert.All([badPattern, unknown], fault => Assert.False(fault.Retryable));
    }

    [Theory]
    [InlineData("alertname", "is not a matcher")]
    [InlineData("a b=\"c\"", "is not a matcher")]
    [InlineData("a=\"b", "is not a matcher")]
    public async Task A_matcher_nobody_can_read_says_how_to_write_one(string matcher, string sentence)
    {
        using var wired = await WiredAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.ListAlertsAsync([matcher], cancellationToken: Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_held_and_nothing_silenced_are_answers()
    {
        using var wired = await WiredAsync();

        Assert.IsType<ToolResult.NoData>(await wired.Alertmanager.ListAlertsAsync(["story=\"never\""], cancellationToken: Token));
        Assert.IsType<ToolResult.NoData>(await wired.Alertmanager.ListSilencesAsync(contains: "never-said", cancellationToken: Token));
    }

    [Fact]
    public async Task The_probe_names_version_and_address()
    {
        using var wired = await WiredAsync();

        var probe = await wired.Integration("Alertmanager").ProbeAsync(Token);

        Assert.True(probe.Ok, probe.Detail);
        Assert.Matches(@"^Alertmanager \d+\.\d+\.\d+\S* at http://", probe.Detail);
    }

    private async Task<Wired> WiredAsync() => Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Integrations:Alertmanager:BaseUrl"] = (await alertmanager.ServerAsync()).Address.ToString(),
    });

    private async Task PostAlertsAsync(params (string Name, string Story, string Instance)[] alerts)
    {
        using var wired = await WiredAsync();
        using var client = wired.Get<IHttpClientFactory>().CreateClient("Alertmanager");
        var body = alerts.Select(alert => new
        {
            labels = new { alertname = alert.Name, story = alert.Story, instance = alert.Instance, severity = "page" },
            annotations = new { summary = $"{alert.Name} on {alert.Instance}" },
        });
        using var response = await client.PostAsJsonAsync("api/v2/alerts", body, Token);
        response.EnsureSuccessStatusCode();
    }
}
