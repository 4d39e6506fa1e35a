namespace SreAgent.Lab.GitHub;

/// <summary>
/// Real repositories that people push to. The simulator takes over what arrives there, so that a pushed branch can be looked at and become a
/// pull request. What is changed through the simulator's own interface is not written back.
/// </summary>
public interface IRepositoryMirror
{
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Branch name to full hash; the same instance as long as nothing changed. Null for a repository it does not have.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    Task<IReadOnlyDictionary<string, string>?> BranchesAsync(string repository, CancellationToken cancellationToken);

    /// <param name="repository"><c>owner/name</c>, one it has.</param>
    /// <param name="heads">Full hashes.</param>
    /// <param name="known">Full hashes of commits that need not be told; some may be unknown here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Everything the heads are made on and that is not known, parents before their children, with their parents stated.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    Task<IReadOnlyList<GitHubCommitSeed>> CommitsAsync(string repository, IReadOnlyCollection<string> heads, IReadOnlyCollection<string> known, CancellationToken cancellationToken);
}
