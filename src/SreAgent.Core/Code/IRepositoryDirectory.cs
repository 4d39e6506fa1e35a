namespace SreAgent.Core.Code;

/// <summary>
/// Which repositories there are, and which pull requests wait in them. Registered only where a code host is configured. Every method throws
/// <see cref="Tools.ToolException"/> when it is refused.
/// </summary>
public interface IRepositoryDirectory
{
    /// <param name="query">In the code host's own search words: <c>org:acme topic:service archived:false</c>.</param>
    /// <param name="most">No more than this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><c>owner/name</c> each, in the code host's order.</returns>
    Task<Listed<string>> SearchAsync(string query, int most, CancellationToken cancellationToken);

    /// <summary>Open pull requests, the last updated first.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="since">Leaves out those not touched at or after it; null leaves out none.</param>
    /// <param name="most">No more than this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Listed<OpenPullRequest>> OpenPullRequestsAsync(string repository, DateTimeOffset? since, int most, CancellationToken cancellationToken);
}

/// <summary>The first of a list, and whether there is more.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Items, bool MoreExist);

/// <param name="Number">Within its repository.</param>
/// <param name="Head">Full hash of its head.</param>
public sealed record OpenPullRequest(long Number, string Head, DateTimeOffset UpdatedAt);
