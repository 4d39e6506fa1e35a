using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>What a conversation can ask and do about notifications.</summary>
internal sealed partial class AlertmanagerTools(IAlertmanagerApi api, AlertmanagerOptions options, TimeProvider clock) : IToolset
{
    private const string Source = "alertmanager";
    private const int DefaultLimit = 50;

    private readonly Uri _publicUrl = (options.Connection ?? throw new ArgumentException("Alertmanager is disabled.", nameof(options))).PublicUrl;

    public string Name => Source;

    public string? Environment { get; } = options.Connection?.Environment;

    [SreTool("alertmanager_list_alerts", ToolEffect.Read)]
    [Description("Lists alerts Alertmanager holds, and what silences or inhibits them. For pending alerts and why they fire use prometheus_list_alerts.")]
    public async Task<ToolResult> ListAlertsAsync(
        [Description("All must match, such as severity=\"page\"")] string[]? matchers = null,
        HeldAlertState state = HeldAlertState.Any,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        AlertMatcher[] wanted = [.. (matchers ?? []).Select(AlertMatcher.Parse)];
        var all = await api.AlertsAsync(wanted, cancellationToken);
        GettableAlert[] found =
        [
            .. all.Where(alert => state == HeldAlertState.Any || IsIn(alert, state)).OrderByDescending(alert => alert.StartsAt),
        ];
        var most = Math.Clamp(limit ?? DefaultLimit, 1, 500);
        var asked = wanted.Length == 0 ? "all alerts" : string.Join(' ', wanted.AsEnumerable());
        var evidence = Evidence(asked, "#/alerts?silenced=true&inhibited=true", found.Length, most, "alerts");
        return found.Length > 0
            ? new ToolResult.Found(
                new HeldAlertsResult(
                    all.Count(alert => IsIn(alert, HeldAlertState.Active)), all.Count(alert => IsIn(alert, HeldAlertState.Suppressed)),
                    [.. found.Take(most).Select(AlertmanagerMapper.Alert)]),
                evidence)
            : new ToolResult.NoData(asked, [all.Count > 0 ? $"{all.Count} alerts match, none in this state." : await WhyEmptyAsync(wanted, cancellationToken)], evidence);
    }

    [SreTool("alertmanager_list_silences", ToolEffect.Read)]
    [Description("Lists silences: who muted what, until when, why. For the alerts themselves use alertmanager_list_alerts.")]
    public async Task<ToolResult> ListSilencesAsync(
        [Description("Also those that have ended")] bool expired = false,
        [Description("In a matcher, comment, author or id")] string? contains = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var all = await api.SilencesAsync(cancellationToken);
        SilenceView[] found =
        [
            .. all.Where(silence => expired || !silence.IsExpired).Select(AlertmanagerMapper.Silence)
                .Where(silence => contains is null || Words(silence).Any(word => word.Contains(contains, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(silence => silence.State, StringComparer.Ordinal).ThenBy(silence => silence.EndsAt),
        ];
        var most = Math.Clamp(limit ?? DefaultLimit, 1, 500);
        var evidence = Evidence(expired ? "all silences" : "silences that have not ended", "#/silences", found.Length, most, "silences");
        return found.Length > 0
            ? new ToolResult.Found(new SilencesResult([.. found.Take(most)], found.Length > most), evidence)
            : new ToolResult.NoData(evidence.Query, [$"{all.Count(silence => !silence.IsExpired)} silences are in force and {all.Count(silence => silence.IsExpired)} have ended."], evidence);
    }

    private static bool IsIn(GettableAlert alert, HeldAlertState state) =>
        string.Equals(alert.Status?.State, state.ToString(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Words(SilenceView silence) => [silence.Id, silence.CreatedBy, silence.Comment, .. silence.Matchers];

    private async Task<string> WhyEmptyAsync(AlertMatcher[] wanted, CancellationToken cancellationToken)
    {
        var held = wanted.Length == 0 ? 0 : (await api.AlertsAsync([], cancellationToken)).Count;
        return held > 0
            ? $"{held} alerts are held, none matches."
            : "Alertmanager holds no alert: nothing fires, or Prometheus does not reach it. Compare with prometheus_list_alerts.";
    }

    private Evidence Evidence(string asked, string page, int found, int most, string what) => new(Source, asked)
    {
        Link = new Uri(_publicUrl, page),
        Notes = [$"As of {clock.GetUtcNow():u}.", .. found > most ? [$"{most} of {found} {what} shown. Narrow the question or raise limit."] : Array.Empty<string>()],
    };
}

internal enum HeldAlertState
{
    Any = 0,
    Active,
    Suppressed,
}

/// <summary>What alertmanager_list_silences answers with.</summary>
internal sealed record SilencesResult(IReadOnlyList<SilenceView> Silences, bool MoreExist);
