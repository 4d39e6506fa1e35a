using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>How Grafana names a dashboard or a data source. Holds only characters that mean nothing in an address.</summary>
internal sealed partial record GrafanaUid
{
    private GrafanaUid(string value) => Value = value;

    public string Value { get; }

    /// <param name="text">A uid, or the address of a page that holds one (<c>…/d/{uid}/…</c>).</param>
    public static GrafanaUid? TryParse(string? text) =>
        text is null ? null
        : Plain().IsMatch(text) ? new GrafanaUid(text)
        : InPage().Match(text) is { Success: true } match ? new GrafanaUid(match.Groups["uid"].Value)
        : null;

    /// <exception cref="ToolException">It is neither; says where uids are found.</exception>
    public static GrafanaUid ParseDashboard(string text) =>
        TryParse(text) ?? throw new ToolException($"'{text}' is not a dashboard's uid (up to 40 letters, digits, - and _) nor its address; grafana_search_dashboards finds it.");

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Plain();

    [GeneratedRegex(@"/d(-solo)?/(?<uid>[A-Za-z0-9_-]{1,40})([/?#]|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex InPage();
}
