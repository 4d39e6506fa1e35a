namespace SreAgent.Core.Readiness;

/// <summary>Commits of the code host, to be read without a clone. Registered only where a code host is configured.</summary>
public interface IRepositoryTrees
{
    /// <summary>The commit the name means now: of a branch or tag, of the default branch, or the head of a pull request.</summary>
    /// <param name="subject">Also what the tree is called.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">There is none, or the host cannot be reached (then retryable).</exception>
    Task<ISourceTree> OpenAsync(RepositorySubject subject, CancellationToken cancellationToken);

    /// <summary>The full hash the name means now, for asking whether a review still speaks of it.</summary>
    /// <exception cref="Tools.ToolException">There is none, or the host cannot be reached (then retryable).</exception>
    Task<string> HeadAsync(RepositorySubject subject, CancellationToken cancellationToken);
}
