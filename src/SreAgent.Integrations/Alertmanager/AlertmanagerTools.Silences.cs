using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>Muting and unmuting: changes, so each has a plan a human reads first and a look afterwards at whether it took.</summary>
internal sealed partial class AlertmanagerTools
{
    /// <summary>How far the end of a silence may lie from what was asked and still be it: the clocks and the time to send it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    [SreTool("alertmanager_create_silence", ToolEffect.Change, Plan = nameof(PlanCreateAsync), Verify = nameof(VerifyCreateAsync))]
    [Description("Mutes notifications for matching alerts for a while; the alerts keep firing. Not a fix. Needs a human's approval.")]
    public async Task<ToolResult> CreateSilenceAsync(
        [Description("All must match, such as alertname=\"X\"")] string[] matchers,
        [Description("Such as 2h")] string duration,
        [Prose, Description("Why, for whoever finds it")] string comment,
        CancellationToken cancellationToken = default)
    {
        var wanted = AlertMatcher.ParseAll(matchers);
        var length = Length(duration);
        if (length > options.MaxSilence)
        {
            throw new ToolException($"A silence of {duration} is longer than the {TimeExpression.Format(options.MaxSilence)} that {AlertmanagerOptions.Section}:MaxSilenceHours allows.");
        }

        var now = clock.GetUtcNow();
        var silence = new PostableSilence([.. wanted.Select(matcher => matcher.ToApi())], now, now + length, options.CreatedBy, comment);
        var id = await api.CreateSilenceAsync(silence, cancellationToken);
        return new ToolResult.Found(
            new SilenceResult(id, [.. wanted.Select(matcher => matcher.ToString())], silence.EndsAt),
            new Evidence(Source, $"silence {id}") { Link = new Uri(_publicUrl, $"#/silences/{id}") });
    }

    public async Task<ChangePlan> PlanCreateAsync(string[] matchers, string duration, string comment, CancellationToken cancellationToken = default)
    {
        var wanted = AlertMatcher.ParseAll(matchers);
        var length = Length(duration);
        var matching = await api.AlertsAsync(wanted, cancellationToken);
        var same = await SameAsync(wanted, cancellationToken);
        return SilencePlan.ToCreate(wanted, length, options.MaxSilence, comment, matching, same);
    }

    public async Task<Verification> VerifyCreateAsync(string[] matchers, string duration, string comment, CancellationToken cancellationToken = default)
    {
        var wanted = AlertMatcher.ParseAll(matchers);
        var ends = clock.GetUtcNow() + Length(duration);
        var ours = (await SameAsync(wanted, cancellationToken))
            .Where(silence => silence.CreatedBy == options.CreatedBy && (silence.EndsAt - ends).Duration() <= Tolerance)
            .MaxBy(silence => silence.UpdatedAt);
        if (ours is null)
        {
            return new Verification(VerificationVerdict.Failed, $"Alertmanager lists no silence of ours for {SilencePlan.Show(wanted)} that ends around {ends:u}.");
        }

        if (ours.Status.State != "active")
        {
            return new Verification(VerificationVerdict.Failed, $"Silence {ours.Id} is {ours.Status.State}, not active; it starts at {ours.StartsAt:u}. Are the clocks apart?");
        }

        var loud = (await api.AlertsAsync(wanted, cancellationToken)).Count(alert => alert.Status?.State == "active");
        return loud == 0
            ? new Verification(VerificationVerdict.Passed, $"Silence {ours.Id} is active until {ours.EndsAt:u}; no matching alert notifies any more.")
            : new Verification(VerificationVerdict.Failed, $"Silence {ours.Id} is active until {ours.EndsAt:u}, but {loud} matching alerts are still shown as notifying.");
    }

    [SreTool("alertmanager_expire_silence", ToolEffect.Change, Plan = nameof(PlanExpireAsync), Verify = nameof(VerifyExpireAsync))]
    [Description("Ends a silence now, so that its alerts notify again. Needs a human's approval. Find the id with alertmanager_list_silences.")]
    public async Task<ToolResult> ExpireSilenceAsync(
        [Description("Silence id")] string id,
        [Prose, Description("Why")] string reason = "",
        CancellationToken cancellationToken = default)
    {
        await api.ExpireSilenceAsync(Id(id), cancellationToken);
        return new ToolResult.Found(
            new { id, state = "expired" },
            new Evidence(Source, $"silence {id}") { Link = new Uri(_publicUrl, $"#/silences/{id}") });
    }

    public async Task<ChangePlan> PlanExpireAsync(string id, string reason = "", CancellationToken cancellationToken = default)
    {
        var silence = await api.SilenceAsync(Id(id), cancellationToken)
            ?? throw new ToolException($"There is no silence {id}. alertmanager_list_silences shows those there are.");
        var muted = (await api.AlertsAsync([], cancellationToken))
            .Where(alert => alert.Status?.SilencedBy?.Contains(silence.Id, StringComparer.OrdinalIgnoreCase) == true);
        return SilencePlan.ToExpire(silence, [.. muted]);
    }

    public async Task<Verification> VerifyExpireAsync(string id, string reason = "", CancellationToken cancellationToken = default)
    {
        var silence = await api.SilenceAsync(Id(id), cancellationToken);
        return silence switch
        {
            null => new Verification(VerificationVerdict.Unverified, $"Silence {id} is not listed any more; whether it was ended or removed cannot be told."),
            { IsExpired: true } => new Verification(VerificationVerdict.Passed, $"Silence {silence.Id} has ended ({silence.EndsAt:u})."),
            _ => new Verification(VerificationVerdict.Failed, $"Silence {silence.Id} is still {silence.Status.State} until {silence.EndsAt:u}."),
        };
    }

    private async Task<IReadOnlyList<GettableSilence>> SameAsync(IReadOnlyList<AlertMatcher> wanted, CancellationToken cancellationToken)
    {
        var texts = wanted.Select(matcher => matcher.ToString()).ToArray();
        return [.. (await api.SilencesAsync(cancellationToken)).Where(silence => !silence.IsExpired && AlertmanagerMapper.Matchers(silence).SequenceEqual(texts, StringComparer.Ordinal))];
    }

    private static TimeSpan Length(string duration) =>
        TimeExpression.TryParseDuration(duration, out var length) && length >= TimeSpan.FromMinutes(1)
            ? length
            : throw new ToolException($"'{duration}' is not a duration of at least a minute; give one such as 30m or 2h.");

    private static Guid Id(string id) =>
        Guid.TryParse(id, out var parsed) ? parsed : throw new ToolException($"'{id}' is not a silence id; alertmanager_list_silences shows them.");
}
