using SreAgent.Core.Changes;
using SreAgent.Core.Code;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What a plan says of the commits between two images.</summary>
internal static class CommitFacts
{
    private const int Shown = 15;

    public static PlanFact Of(Looked<CommitRange> range, CommitPair commits, bool isRollback)
    {
        if (range.Value is not { } between)
        {
            return new PlanFact("commits", $"Not looked at: {range.Problem}");
        }

        var verb = isRollback ? (One: "is taken back", Many: "are taken back") : (One: "goes out", Many: "go out");
        var lines = between.Commits.Take(Shown).Select(commit => $"\n{Brief(commit.Id)} {commit.Title} ({commit.Author})");
        var more = between.Ahead > Math.Min(Shown, between.Commits.Count) ? $"\n… {between.Ahead - Math.Min(Shown, between.Commits.Count)} more" : "";
        var aside = between.Behind > 0 ? $" {between.Behind} {(between.Behind == 1 ? "commit" : "commits")} that {(isRollback ? "ran before" : "run now")} {(between.Behind == 1 ? "is" : "are")} not in it: this goes sideways." : "";
        var link = between.Link is null ? "" : $" {between.Link}";
        return new PlanFact(
            "commits",
            between.Ahead == 0 && between.Behind == 0
                ? $"None: both images were built from {Brief(commits.Current)}."
                : $"{between.Ahead} {(between.Ahead == 1 ? "commit" : "commits")} {(between.Ahead == 1 ? verb.One : verb.Many)}, between {Brief(commits.Current)} (now) and {Brief(commits.Wanted)}.{aside}{link}{string.Concat(lines)}{more}");
    }

    public static string Brief(string? commit) => commit is null ? "an unknown commit" : commit.Length > 7 ? commit[..7] : commit;
}

/// <summary>The commits two images say they were built from; absent where one does not say.</summary>
internal sealed record CommitPair(string? Current, string? Wanted)
{
    /// <summary>What is missing to compare them; absent when nothing is.</summary>
    public string? Missing => (Current, Wanted) switch
    {
        (null, null) => "neither the running nor the wanted image says which commit it was built from",
        (null, _) => "the running instances do not agree on, or do not say, which commit they were built from",
        (_, null) => "the wanted image does not say which commit it was built from",
        _ => null,
    };
}
