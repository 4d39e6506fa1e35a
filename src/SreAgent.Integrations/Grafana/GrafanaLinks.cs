using System.Globalization;
using SreAgent.Core.Time;

namespace SreAgent.Integrations.Grafana;

/// <summary>Grafana's pages that show the same as a result.</summary>
internal sealed class GrafanaLinks(Uri publicUrl, int? organizationId)
{
    public Uri Search(string? words) => Page("dashboards", words is null ? [] : [new("query", words)]);

    public Uri Dashboard(GrafanaUid uid, TimeRange? range = null) => Page($"d/{uid}", Within(range));

    public Uri Panel(GrafanaUid uid, int panel, TimeRange range, IReadOnlyList<KeyValuePair<string, string>> variables) =>
        Page($"d/{uid}", [new("viewPanel", panel.ToString(CultureInfo.InvariantCulture)), .. Within(range), .. variables.Select(variable => new KeyValuePair<string, string>($"var-{variable.Key}", variable.Value))]);

    public Uri AlertRules(string? words) => Page("alerting/list", words is null ? [] : [new("search", words)]);

    public Uri AlertRule(GrafanaUid uid) => Page($"alerting/grafana/{uid}/view", []);

    public Uri Silences() => Page("alerting/silences", [new("alertmanager", "grafana")]);

    private Uri Page(string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        var pairs = organizationId is { } id ? query.Prepend(new("orgId", id.ToString(CultureInfo.InvariantCulture))) : query;
        var text = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return new Uri(publicUrl, text.Length == 0 ? path : $"{path}?{text}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Within(TimeRange? range) =>
        range is null ? [] : [new("from", Milliseconds(range.From)), new("to", Milliseconds(range.To))];

    private static string Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
