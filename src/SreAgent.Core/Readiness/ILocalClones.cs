namespace SreAgent.Core.Readiness;

/// <summary>
/// Git repositories on this machine, read without trusting them: nothing in them (configuration, hooks, attributes) is obeyed, and nothing is
/// written into them.
/// </summary>
public interface ILocalClones
{
    /// <summary>What a folder is checked out at, when every file in it is as committed.</summary>
    /// <param name="folder">Absolute; the root of a working copy, or a folder in one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it belongs to no repository, differs from its commit, or git cannot say.</returns>
    Task<CleanCheckout?> CheckoutAsync(string folder, CancellationToken cancellationToken);

    /// <summary>The part of a commit that lies in a folder, read from the repository and not from the disk.</summary>
    /// <param name="subject">What the tree is called.</param>
    /// <param name="folder">Absolute; the root of a working copy, a folder in one, or a bare clone.</param>
    /// <param name="reference">Branch, tag, hash of at least seven digits, or <c>HEAD</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>To be disposed when it is an <see cref="IAsyncDisposable"/>.</returns>
    /// <exception cref="Tools.ToolException">There is no repository, or it has no such commit.</exception>
    Task<ISourceTree> OpenAsync(string subject, string folder, string reference, CancellationToken cancellationToken);
}

/// <param name="Commit">Full hash.</param>
/// <param name="Tracked">What belongs to the commit, from the folder asked about, with <c>/</c>. Anything else there is ignored by git.</param>
public sealed record CleanCheckout(string Commit, IReadOnlySet<string> Tracked);
