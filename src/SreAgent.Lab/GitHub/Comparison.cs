using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub;

/// <summary>What lies between two commits.</summary>
/// <param name="Ahead">Commits of the head that the base lacks, oldest first.</param>
/// <param name="Behind">Commits of the base that the head lacks.</param>
/// <param name="Files">What the head changed since they parted.</param>
internal sealed record Comparison(CommitState MergeBase, IReadOnlyList<CommitState> Ahead, IReadOnlyList<CommitState> Behind, IReadOnlyList<FileChange> Files)
{
    public string Status => (Ahead.Count, Behind.Count) switch
    {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        _ => "diverged",
    };

    /// <exception cref="GitHubRefusal">They share no history.</exception>
    public static Comparison Of(RepositoryState repository, CommitState @base, CommitState head)
    {
        var (ofBase, ofHead) = (repository.History(@base), repository.History(head));
        var shared = ofBase.Intersect(ofHead).ToHashSet();
        var parting = ofHead.FirstOrDefault(shared.Contains) ?? throw GitHubRefusal.Of(404, "No common ancestor between the two commits.");
        return new Comparison(parting, [.. ofHead.Where(commit => !shared.Contains(commit)).Reverse()], [.. ofBase.Where(commit => !shared.Contains(commit))], FileChange.Between(parting, head));
    }
}
