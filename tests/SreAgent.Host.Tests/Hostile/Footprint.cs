using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Changes;
using SreAgent.Lab.Fly;
using SreAgent.Lab.Journal;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>
/// Which lines of the lab's journal a change may leave, stated by hand from what its approver read. Each line it may leave has a key, and each
/// key is good once.
/// </summary>
/// <param name="Tool">As it was shown.</param>
/// <param name="App">Likewise.</param>
/// <param name="Wanted">The tag that machines are to run afterwards; absent where images stay.</param>
/// <param name="Back">The tag machines are to run again should it fail, where that was approved with it; absent otherwise.</param>
/// <param name="Before">The application when it was asked for.</param>
internal sealed partial record Footprint(string Tool, string App, string? Wanted, string? Back, JsonElement Arguments, FlyAppView Before)
{
    private const int MostRenewals = 200;

    /// <summary>What the installation may do by itself when this has failed; absent where only a further yes would do.</summary>
    public Footprint? Remedy => Back is null ? null : this with { Tool = "fly_rollback", Wanted = Back, Back = null };

    /// <summary>Absent when the line is nothing this change may leave.</summary>
    public string? KeyOf(LabJournalEntry entry, IReadOnlySet<string> used) => entry.System switch
    {
        "fly" when Tool.StartsWith("fly_", StringComparison.Ordinal) => FlyKey(entry.Summary, used),
        "github" when IsRollout => GitHubKey(entry.Summary, used),
        "grafana" when IsRollout && entry.Path.StartsWith("/api/annotations", StringComparison.Ordinal) => Counted($"annotation {entry.Method}", entry.Method == "POST" ? 1 : 2, used),
        _ => null,
    };

    public bool Pushes(string app, string branch) =>
        Tool == "git_push_protected_branch" && App == app && Text("branch") == branch;

    public bool Discards(string worktree) => Tool == "git_discard_worktree" && Text("worktree") == worktree;

    public bool IsGit => Tool.StartsWith("git_", StringComparison.Ordinal);

    private bool IsRollout => Tool is "fly_deploy" or "fly_rollback";

    private string? FlyKey(string summary, IReadOnlySet<string> used)
    {
        if (Lease().Match(summary) is { Success: true } lease)
        {
            return lease.Groups["app"].Value == App ? Counted("lease", MostRenewals, used) : null;
        }

        if (Updated().Match(summary) is { Success: true } updated && updated.Groups["app"].Value == App && IsRollout)
        {
            var (machine, from, to) = (updated.Groups["machine"].Value, updated.Groups["from"].Value, updated.Groups["to"].Value);
            return to == Wanted ? $"{machine} to {to}"
                : from == Wanted && to == ImageBefore(machine) && used.Contains($"{machine} to {Wanted}") ? $"{machine} back to {to}" : null;
        }

        if (AsBefore().Match(summary) is { Success: true } same && same.Groups["app"].Value == App)
        {
            var machine = same.Groups["machine"].Value;
            return Tool == "fly_set_secrets" || (Tool == "fly_scale" && (Has("size") || Has("memory_mb"))) ? Counted($"{machine} anew", 2, used) // The second puts it back.
                : IsRollout && Before.Machines.FirstOrDefault(one => one.Id == machine)?.Image == Wanted ? $"{machine} to {Wanted}" : null;
        }

        if (Restarted().Match(summary) is { Success: true } restarted)
        {
            return Tool == "fly_restart" && restarted.Groups["app"].Value == App && Text("machine") is var only && (only is null || only == restarted.Groups["machine"].Value)
                ? $"{restarted.Groups["machine"].Value} restarted" : null;
        }

        if (Created().Match(summary) is { Success: true } created)
        {
            return Tool == "fly_scale" && created.Groups["app"].Value == App ? Counted("created", Math.Max(0, Count - Before.Machines.Count), used) : null;
        }

        if (Destroyed().Match(summary) is { Success: true } destroyed)
        {
            return Tool == "fly_scale" && destroyed.Groups["app"].Value == App && Has("count") ? Counted("destroyed", Math.Max(0, Before.Machines.Count - Count), used) : null;
        }

        return Tool == "fly_set_secrets" && summary == $"set 1 and unset 0 secrets of {App}" ? "secret set" : null;
    }

    private string? GitHubKey(string summary, IReadOnlySet<string> used) =>
        !summary.StartsWith($"practice/{App}: deployment ", StringComparison.Ordinal) ? null
        : summary.Contains(" of ", StringComparison.Ordinal) ? "deployment" : Counted("deployment status", 3, used);

    private static string? Counted(string key, int most, IReadOnlySet<string> used)
    {
        for (var number = 1; number <= most; number++)
        {
            var one = string.Create(CultureInfo.InvariantCulture, $"{key} {number}");
            if (!used.Contains(one))
            {
                return one;
            }
        }

        return null;
    }

    private string? ImageBefore(string machine) => Before.Machines.FirstOrDefault(one => one.Id == machine)?.Image;

    private int Count => Has("count") ? int.Parse(Text("count") ?? "0", CultureInfo.InvariantCulture) : Before.Machines.Count;

    private bool Has(string name) => Arguments.ValueKind == JsonValueKind.Object && Arguments.TryGetProperty(name, out _);

    private string? Text(string name) => Has(name) ? Arguments.GetProperty(name).ToString() : null;

    [GeneratedRegex(@"^(leased|renewed the lease of|released the lease of) (?<app>\S+) \S+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lease();

    [GeneratedRegex(@"^updated (?<app>\S+) (?<machine>\S+) from (?<from>\S+) to (?<to>\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Updated();

    [GeneratedRegex(@"^updated (?<app>\S+) (?<machine>\S+), image \S+ as before\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsBefore();

    [GeneratedRegex(@"^restarted (?<app>\S+) (?<machine>\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Restarted();

    [GeneratedRegex(@"^created machine \S+ of (?<app>\S+) in ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Created();

    [GeneratedRegex(@"^destroyed (?<app>\S+) (?<machine>\S+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Destroyed();
}

/// <summary>What somebody asked for and was told to wait with.</summary>
/// <param name="AskedAt">By the lab's clock; the request was raised between this and the answer.</param>
/// <param name="AnsweredAt">Half an hour later it has expired.</param>
internal sealed record Wish(ChangeRequestId Id, string Requester, Footprint Footprint, DateTimeOffset AskedAt, DateTimeOffset AnsweredAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Whether it may begin, in a step that takes a while: begun before it expired, seen after it was raised.</summary>
    public bool IsOpen(DateTimeOffset stepBegan, DateTimeOffset seen) => stepBegan < AnsweredAt + Lifetime && seen >= AskedAt;
}

/// <summary>A rightful yes, and what has been done under it so far.</summary>
/// <param name="Lifted">The approver knowingly lifted a denial too.</param>
internal sealed record Grant(Wish Wish, bool Lifted)
{
    /// <summary>Keys of the lines it has accounted for.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Its remedy, where the request itself said "automatic": good once, whatever id it is raised under.</summary>
    public ChangeRequestId? Remedy { get; set; }

    /// <summary>An execution began in time and was cut off by a failing store before it left a line; another process may go on with it later.</summary>
    public bool MayHaveBegun { get; set; }

    public bool Begun => Used.Count > 0;
}
