namespace SreAgent.Core.Readiness;

/// <summary>Opens what is to be reviewed by the name a person gives it: a folder, a commit of a clone, or a repository of the code host.</summary>
public interface IReviewSubjects
{
    /// <param name="subject">A path, <c>owner/repo[@ref]</c> or <c>owner/repo#PR</c>. A folder that exists is meant before a repository of that name.</param>
    /// <param name="reference">Reads a commit of the clone at a path in place of the files on disk. Absent for anything else.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>To be disposed when it is an <see cref="IAsyncDisposable"/>.</returns>
    /// <exception cref="Tools.ToolException">There is nothing of that name, or it cannot be reached (then retryable).</exception>
    Task<ISourceTree> OpenAsync(string subject, string? reference, CancellationToken cancellationToken);

    /// <summary>The commit it is at now, for asking whether a review still speaks of it.</summary>
    /// <returns>Null when the files are no commit.</returns>
    /// <exception cref="Tools.ToolException">There is nothing of that name any more, or it cannot be reached (then retryable).</exception>
    Task<string?> HeadAsync(string subject, string? reference, CancellationToken cancellationToken);

    /// <summary>What it is called in the history: the same every time, from wherever it is asked.</summary>
    string NameOf(string subject, string? reference);
}
