namespace SreAgent.Core.Readiness;

/// <summary>
/// Repositories and pull requests of a code host, opened for a review without a clone. Registered only where a host is configured. Every
/// method throws <see cref="Tools.ToolException"/> when it is refused or what is named does not exist.
/// </summary>
public interface IReviewSubjects
{
    /// <summary>As evidence names it: <c>github</c>.</summary>
    string Name { get; }

    /// <summary>The files of one commit. Nothing is downloaded before it is listed or read.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="reference">Branch, tag or commit; null is the default branch. Resolved once: a branch that moves later changes nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IOpenedTree> OpenAsync(string repository, string? reference, CancellationToken cancellationToken);

    /// <summary>What a pull request is about to change, as it stands now.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="number">As the host counts them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PullRequestFacts> PullRequestAsync(string repository, long number, CancellationToken cancellationToken);

    /// <summary>The commit its head is at now: the one question asked again before anything is published.</summary>
    /// <returns>Full hash.</returns>
    Task<string> HeadAsync(string repository, long number, CancellationToken cancellationToken);
}

/// <summary>A tree that holds something of this machine, such as a folder for what it downloaded, until it is disposed of.</summary>
public interface IOpenedTree : ISourceTree, IAsyncDisposable;
