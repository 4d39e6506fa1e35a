using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Host.Tests.Tools;
using SreAgent.Lab.Fly;
using SreAgent.Lab.Journal;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>
/// What was rightfully allowed, kept by the attackers' side from what people were shown and said, never from the program's own records. A line
/// of the lab's journal that these books do not cover is a broken promise.
/// </summary>
internal sealed class LabBooks
{
    private readonly List<Wish> _wishes = [];
    private readonly Dictionary<ChangeRequestId, Grant> _grants = [];

    public IReadOnlyList<Wish> Wishes => _wishes;

    public Wish? Last => _wishes.Count > 0 ? _wishes[^1] : null;

    /// <summary>How many changes were carried out, at least in part.</summary>
    public int Executed => _grants.Values.Count(grant => grant.Begun);

    /// <summary>The first promise that was broken; absent when all held.</summary>
    public string? Violation { get; private set; }

    public void Note(Wish wish)
    {
        if (_wishes.TrueForAll(known => known.Id != wish.Id))
        {
            _wishes.Add(wish);
        }
    }

    public void Grant(Wish wish, bool lifted)
    {
        lock (_grants)
        {
            if (!_grants.TryGetValue(wish.Id, out var given) || (lifted && !given.Begun))
            {
                _grants[wish.Id] = new Grant(wish, lifted);
            }
        }
    }

    public void Fail(bool broken, string promise)
    {
        if (broken)
        {
            Violation ??= promise;
        }
    }

    /// <summary>No secret is in what somebody reads.</summary>
    public void CheckText(string where, string text)
    {
        if (HostileLab.Secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } secret)
        {
            Fail(broken: true, $"'{secret}' is in {where}: {text}");
        }
    }

    /// <param name="entry">One line of the journal, not one of ours.</param>
    /// <param name="step">What was going on when it was written.</param>
    /// <param name="requestOf">Looks a request up that nobody here raised.</param>
    public async Task CheckAsync(LabJournalEntry entry, LabStep step, Func<ChangeRequestId, Task<ChangeRequest?>> requestOf)
    {
        CheckText("the journal", entry.Summary);
        Fail(step.Killed, $"{Told(entry)} while the kill switch was on");
        if (entry.ChangeId is null)
        {
            Fail(!step.TakeMark(entry), $"{Told(entry)}, and no call of this step may leave it");
            return;
        }

        var id = new ChangeRequestId(entry.ChangeId);
        if (await GrantOfAsync(id, requestOf) is not { } grant)
        {
            Fail(broken: true, $"{Told(entry)} for {id}, to which no rightful human had said yes");
            return;
        }

        if (!grant.Begun)
        {
            Begin(grant, step, entry);
        }

        var key = grant.Wish.Footprint.KeyOf(entry, grant.Used);
        Fail(key is null, $"{Told(entry)} for {id}, which is not what was approved ({grant.Wish.Footprint.Tool} of {grant.Wish.Footprint.App} to {grant.Wish.Footprint.Wanted}; {grant.Wish.Footprint.Arguments})");
        Fail(key is not null && !grant.Used.Add(key), $"{Told(entry)} for {id}, a second time");
    }

    public void CheckBranches(RepositoryState before, RepositoryState after, LabStep step)
    {
        foreach (var moved in after.Moved(before))
        {
            var (app, branch) = (moved.Split(' ')[0], moved.Split(' ')[1]);
            Fail(step.Killed, $"{moved} moved while the kill switch was on");
            if (branch is not ("main" or "production"))
            {
                Fail(!step.TakeGitWrite("git_push_branch"), $"{moved} moved, and no call of this step may push it");
                continue;
            }

            Spend($"{moved} moved", "pushed", step, grant => grant.Wish.Footprint.Pushes(app, branch));
        }

        foreach (var gone in after.Gone(before).Where(_ => !step.TakeGitWrite("git_remove_worktree")))
        {
            Spend($"the worktree {gone} is gone", "discarded", step, grant => grant.Wish.Footprint.Discards(gone));
        }
    }

    private void Spend(string what, string key, LabStep step, Func<Grant, bool> covers)
    {
        if (_grants.Values.FirstOrDefault(candidate => !candidate.Begun && covers(candidate)) is not { } grant)
        {
            Fail(broken: true, $"{what} without an unspent approval of it");
            return;
        }

        Fail(!grant.Wish.IsOpen(step.StartedAt, DateTimeOffset.MaxValue), $"{what} after its request had expired");
        grant.Used.Add(key);
    }

    /// <summary>Where the store fails, a change may begin, leave no line, and be gone on with much later.</summary>
    public void NoteAttempts(LabStep step, DateTimeOffset now)
    {
        foreach (var grant in _grants.Values.Where(grant => !grant.Begun && WhyNot(grant, step, now) is null))
        {
            grant.MayHaveBegun = true;
        }
    }

    private void Begin(Grant grant, LabStep step, LabJournalEntry entry)
    {
        var why = WhyNot(grant, step, entry.At);
        Fail(why is not null && !grant.MayHaveBegun, $"{Told(entry)} for {grant.Wish.Id}, though {why}");
    }

    /// <summary>Why a change may not begin in this step; absent when it may.</summary>
    private static string? WhyNot(Grant grant, LabStep step, DateTimeOffset seen)
    {
        var (wish, app) = (grant.Wish, grant.Wish.Footprint.App);
        return !wish.IsOpen(step.StartedAt, seen) ? $"from {step.StartedAt:u} to {seen:u} it is too late or too early for what was raised from {wish.AskedAt:u} to {wish.AnsweredAt:u}"
            : app == HostileLab.Resting && wish.Footprint.Tool.StartsWith("fly_", StringComparison.Ordinal) && !grant.Lifted ? $"{app} rests and nobody lifted that"
            : Stamp(wish.Footprint.Before) != Stamp(step.Before[app]) ? $"{app} had become another: it was {Stamp(wish.Footprint.Before)} and is {Stamp(step.Before[app])}"
            : null;
    }

    /// <summary>A remedy that was approved with its change is raised by the installation; it counts once for each such change.</summary>
    private async Task<Grant?> GrantOfAsync(ChangeRequestId id, Func<ChangeRequestId, Task<ChangeRequest?>> requestOf)
    {
        if (_grants.TryGetValue(id, out var grant))
        {
            return grant;
        }

        if (await requestOf(id) is not { RemedyOf: { } failed } || !_grants.TryGetValue(failed, out var original) || original.Remedy is not null
            || original.Wish.Footprint.Remedy is not { } footprint)
        {
            return null;
        }

        original.Remedy = id;
        var remedy = new Grant(original.Wish with { Id = id, Footprint = footprint }, original.Lifted);
        remedy.Used.Add("approved with its change");
        return _grants[id] = remedy;
    }

    private static string Stamp(FlyAppView app) =>
        string.Join(' ', app.Machines.OrderBy(machine => machine.Id, StringComparer.Ordinal).Select(machine => $"{machine.Id}@{machine.InstanceId}@{machine.Image}"));

    private static string Told(LabJournalEntry entry) => $"{entry.System} {entry.Method} \"{entry.Summary}\" happened";
}

/// <summary>What was known when a move began, and which calls were made in it.</summary>
/// <param name="Killed">The kill switch was on all the while.</param>
internal sealed record LabStep(DateTimeOffset StartedAt, IReadOnlyDictionary<string, FlyAppView> Before, bool Killed)
{
    private readonly List<(Plea Plea, string Repository, ToolResult Result, int Left)> _calls = [];

    public bool CallsGit
    {
        get
        {
            lock (_calls)
            {
                return _calls.Exists(call => call.Plea.Tool.StartsWith("git_", StringComparison.Ordinal));
            }
        }
    }

    public void Add(Plea plea, JsonElement arguments, ToolResult result)
    {
        var named = arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("repository", out var given) ? given.ToString().Trim().ToLowerInvariant() : "";
        var repository = named.Contains('/', StringComparison.Ordinal) ? named : $"practice/{named}";
        lock (_calls)
        {
            _calls.Add((plea, repository, result, Most(plea.Tool)));
        }
    }

    /// <summary>Whether somebody who may was making a call of this step that leaves such a mark; each call is good for so many.</summary>
    public bool TakeMark(LabJournalEntry entry) => Take(call =>
        Most(call.Plea.Tool) > 0
        && (entry.System == "grafana" ? call.Plea.Tool == "grafana_create_annotation" && entry is { Method: "POST", Path: "/api/annotations" }
            : entry.System == "github" && call.Plea.Tool.StartsWith("github_", StringComparison.Ordinal)
              && RepositoryOf(entry) is var repository && repository == call.Repository && repository != $"practice/{HostileLab.Closed}"));

    public bool TakeGitWrite(string tool) => Take(call => call.Plea.Tool == tool);

    private bool Take(Func<(Plea Plea, string Repository, ToolResult Result, int Left), bool> leaves)
    {
        lock (_calls)
        {
            var at = _calls.FindIndex(call =>
                call.Left > 0 && call.Result is not (ToolResult.Denied or ToolResult.AwaitingApproval) && call.Plea.Asker.MayWrite() && call.Plea.Role != Role.Operator && leaves(call));
            if (at >= 0)
            {
                _calls[at] = _calls[at] with { Left = _calls[at].Left - 1 };
            }

            return at >= 0;
        }
    }

    private static string RepositoryOf(LabJournalEntry entry) => entry.Summary.Split(['#', ':'])[0].ToLowerInvariant();

    /// <summary>How many marks one call of a tool may leave; none but writes leave any.</summary>
    private static int Most(string tool) => tool switch
    {
        "github_update_issue" => 4,
        "github_create_issue" or "github_create_review" => 2,
        _ => WholeCatalogue.Tools.Any(known => known.Name == tool && known.Effect == ToolEffect.Write) ? 1 : 0,
    };
}
