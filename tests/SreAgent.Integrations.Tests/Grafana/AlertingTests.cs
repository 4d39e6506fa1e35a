using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Grafana's own alerting, in the shapes it shares with Prometheus and Alertmanager.</summary>
public class AlertingTests
{
    private const string Rules =
        """
        {"status":"success","data":{"groups":[{"name":"slo","file":"Services","interval":60,"rules":[
          {"state":"inactive","name":"Latency","health":"ok","type":"alerting","labels":{"team":"shop"}},
          {"uid":"r1","state":"firing","name":"Errors","health":"error","lastError":"no such host","duration":300,"labels":{"severity":"page"},"annotations":{"summary":"Too many errors"},
           "alerts":[{"labels":{"service":"checkout"},"state":"Alerting","activeAt":"2026-11-20T11:50:00Z","value":"1e+00"},{"labels":{"service":"cart"},"state":"Normal (NoData)"}]},
          {"state":"recovering","name":"New in some version"}]}],"totals":{"firing":1}}}
        """;

    private const string Silences =
        """
        [{"id":"s1","status":{"state":"active"},"matchers":[{"name":"service","value":"cart","isEqual":true,"isRegex":false},{"name":"zone","value":"eu.*","isEqual":false,"isRegex":true}],
          "startsAt":"2026-11-20T11:00:00Z","endsAt":"2026-11-20T13:00:00Z","createdBy":"ada","comment":"moving"},
         {"id":"s2","status":{"state":"expired"},"matchers":[],"startsAt":"2026-11-19T11:00:00Z","endsAt":"2026-11-19T13:00:00Z","createdBy":"ada","comment":"old"}]
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_come_firing_first_with_what_fires()
    {
        var found = Assert.IsType<ToolResult.Found>(await RulesAsync(AlertRuleState.Any, null));

        var result = Assert.IsType<AlertRulesResult>(found.Data);
        Assert.Equal((1, 0, 3), (result.Firing, result.Pending, result.Total));
        var errors = result.Rules[0];
        Assert.Equal(("Errors", "Services", "firing", "error", "5m", "no such host"), (errors.Name, errors.Folder, errors.State, errors.Health, errors.For, errors.LastError));
        Assert.Equal("checkout", Assert.Single(errors.Active!).Labels!["service"]);
        Assert.Equal("http://grafana.test/g/alerting/grafana/r1/view", errors.Link!.AbsoluteUri);
        Assert.Equal("http://grafana.test/g/alerting/list", found.Evidence.Link!.AbsoluteUri);
    }

    [Theory]
    [InlineData(nameof(AlertRuleState.Firing), null, "Errors")]
    [InlineData(nameof(AlertRuleState.Inactive), null, "Latency")]
    [InlineData(nameof(AlertRuleState.Any), "team=SHOP", "Latency")]
    public async Task Rules_are_picked_by_state_and_words(string state, string? contains, string name) =>
        Assert.Equal(name, Assert.Single(Assert.IsType<AlertRulesResult>(Assert.IsType<ToolResult.Found>(await RulesAsync(Enum.Parse<AlertRuleState>(state), contains)).Data).Rules).Name);

    [Fact]
    public async Task No_rule_in_that_state_is_an_answer_with_counts()
    {
        var nothing = Assert.IsType<ToolResult.NoData>(await RulesAsync(AlertRuleState.Pending, null));

        Assert.Equal(["3 rules exist: 1 firing, 0 pending."], nothing.LikelyCauses);
    }

    [Theory]
    [InlineData(false, null, new[] { "s1" })]
    [InlineData(true, null, new[] { "s1", "s2" })]
    [InlineData(true, "OLD", new[] { "s2" })]
    [InlineData(false, "service=\"cart\"", new[] { "s1" })]
    public async Task Silences_say_what_they_mute(bool expired, string? contains, string[] ids)
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/alertmanager/grafana/api/v2/silences", Json(Silences)));

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.ListSilencesAsync(expired, contains, cancellationToken: Token));

        var silences = Assert.IsType<AlertSilenceView[]>(found.Data);
        Assert.Equal(ids, silences.Select(silence => silence.Id));
        Assert.All(silences.Where(silence => silence.Id == "s1"), silence => Assert.Equal(["service=\"cart\"", "zone!~\"eu.*\""], silence.Matchers));
    }

    [Fact]
    public async Task No_silence_is_an_answer()
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/alertmanager/grafana/api/v2/silences", Json("[]")));

        Assert.IsType<ToolResult.NoData>(await wired.Tools.ListSilencesAsync(cancellationToken: Token));
    }

    private static async Task<ToolResult> RulesAsync(AlertRuleState state, string? contains)
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/prometheus/grafana/api/v1/rules", Json(Rules)));
        return await wired.Tools.ListAlertRulesAsync(state, contains, cancellationToken: Token);
    }
}
