using SreAgent.Core.Changes;
using SreAgent.Core.Time;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>What an approver reads before a silence is made or ended, and what the approval is bound to.</summary>
internal static class SilencePlan
{
    private const int Named = 10;

    /// <param name="matching">Every alert held that the matchers match now.</param>
    /// <param name="same">Silences with the very same matchers that have not ended.</param>
    public static ChangePlan ToCreate(
        IReadOnlyList<AlertMatcher> matchers, TimeSpan length, TimeSpan longest, string comment,
        IReadOnlyList<GettableAlert> matching, IReadOnlyList<GettableSilence> same)
    {
        var loud = matching.Where(alert => alert.Status?.State != "suppressed").ToArray();
        return new ChangePlan(
            $"Mute notifications for {Show(matchers)} for {TimeExpression.Format(length)}.",
            $"alerts matching {Show(matchers)}",
            $"{(loud.Length == 1 ? "1 matching alert notifies" : $"{loud.Length} matching alerts notify")} now, {matching.Count - loud.Length} already suppressed; {Existing(same)}.",
            $"No matching alert notifies for {TimeExpression.Format(length)}. Reason given: {comment}",
            (loud.Length == 0 ? "No alert that notifies matches right now. " : $"Goes quiet now: {Names(loud)}. ")
                + "Alerts that start later and match stay quiet too, and nobody is told if this gets worse.",
            "Expire the silence with alertmanager_expire_silence. Notifications missed in the meantime are not sent again.",
            FingerprintOf(matching, same))
        {
            Preflight =
            [
                new PreflightCheck(
                    "duration allowed", length <= longest, $"{TimeExpression.Format(length)} asked, at most {TimeExpression.Format(longest)} ({AlertmanagerOptions.Section}:MaxSilenceHours)"),
                new PreflightCheck("matches less than everything", matchers.Any(IsSelective), $"{Show(matchers)} must ask for a value at least once"),
            ],
        };
    }

    /// <param name="muted">The alerts this silence keeps quiet now.</param>
    public static ChangePlan ToExpire(GettableSilence silence, IReadOnlyList<GettableAlert> muted)
    {
        var matchers = string.Join(' ', AlertmanagerMapper.Matchers(silence));
        return new ChangePlan(
            $"End the silence on {matchers} that {silence.CreatedBy} made ({silence.Comment}).",
            $"silence {silence.Id}",
            $"{silence.Status.State} until {silence.EndsAt:u}, keeps {muted.Count} alerts quiet",
            "expired now",
            muted.Count == 0 ? "No alert is quiet because of it right now." : $"May notify again at once: {Names(muted)}.",
            "Create a silence with the same matchers. Notifications sent in between cannot be taken back.",
            $"{silence.Id} {silence.Status.State} {silence.UpdatedAt.ToUnixTimeMilliseconds()}")
        {
            Preflight = [new PreflightCheck("still in force", !silence.IsExpired, $"silence {silence.Id} is {silence.Status.State}")],
        };
    }

    public static string Show(IReadOnlyList<AlertMatcher> matchers) => string.Join(' ', matchers);

    /// <summary>
    /// What the approver decided on: which silences of the kind exist already, and which kinds of alert (name and severity) go quiet.
    /// Not each alert's own fingerprint: instances come and go by the minute during an incident, and one more of a kind that was seen
    /// changes nobody's mind. A kind that was not seen, or one that has gone, does: then it is asked anew.
    /// </summary>
    private static string FingerprintOf(IEnumerable<GettableAlert> matching, IEnumerable<GettableSilence> same) =>
        string.Join(
            '\n',
            same.Select(silence => $"silence {silence.Id} {silence.Status.State}").Order(StringComparer.Ordinal)
                .Concat(matching.Select(alert => $"alert {AlertmanagerMapper.NameOf(alert)} {alert.Labels.GetValueOrDefault("severity", "")}")
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>Asks for a value the label must have, rather than one it must not, or any.</summary>
    private static bool IsSelective(AlertMatcher matcher) => matcher is { IsEqual: true, Value.Length: > 0 } && !(matcher.IsRegex && matcher.Value is ".*" or ".+");

    private static string Existing(IReadOnlyList<GettableSilence> same) =>
        same.Count == 0 ? "no silence has these matchers" : $"already silenced by {string.Join(", ", same.Select(silence => $"{silence.Id} until {silence.EndsAt:u}"))}";

    private static string Names(IReadOnlyCollection<GettableAlert> alerts)
    {
        var kinds = alerts.GroupBy(AlertmanagerMapper.NameOf, StringComparer.Ordinal).OrderByDescending(kind => kind.Count()).ToArray();
        var named = string.Join(", ", kinds.Take(Named).Select(kind => kind.Count() == 1 ? $"{kind.Key} ({Where(kind.First())})" : $"{kind.Key} ×{kind.Count()}"));
        return kinds.Length > Named ? $"{named} and {kinds.Length - Named} more kinds" : named;
    }

    private static string Where(GettableAlert alert) =>
        string.Join(' ', alert.Labels.Where(label => label.Key != "alertname").Select(label => $"{label.Key}={label.Value}"));
}
