using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.Trees;

/// <inheritdoc cref="IReviewSubjects"/>
/// <param name="clones">Absent where no git is composed.</param>
/// <param name="repositories">Absent where no code host is configured.</param>
internal sealed class ReviewSubjects(ILocalClones? clones, IRepositoryTrees? repositories) : IReviewSubjects
{
    public async Task<ISourceTree> OpenAsync(string subject, string? reference, CancellationToken cancellationToken)
    {
        if (Directory.Exists(subject))
        {
            return await OpenFolderAsync(subject, reference, cancellationToken);
        }

        var (repository, host) = Repository(subject, reference);
        return await host.OpenAsync(repository, cancellationToken);
    }

    public async Task<string?> HeadAsync(string subject, string? reference, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(subject))
        {
            var (repository, host) = Repository(subject, reference);
            return await host.HeadAsync(repository, cancellationToken);
        }

        if (reference is null)
        {
            return clones is null ? null : (await clones.CheckoutAsync(Path.GetFullPath(subject), cancellationToken))?.Commit;
        }

        var tree = await OpenFolderAsync(subject, reference, cancellationToken);
        try
        {
            return tree.Commit;
        }
        finally
        {
            await (tree is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask);
        }
    }

    public string NameOf(string subject, string? reference)
    {
        var name = Directory.Exists(subject) || RepositorySubject.TryParse(subject) is null ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(subject)) : subject;
        return reference is null ? name : $"{name}@{reference}";
    }

    private (RepositorySubject Repository, IRepositoryTrees Host) Repository(string subject, string? reference)
    {
        if (File.Exists(subject))
        {
            throw new ToolException($"'{subject}' is a file. A review takes a folder: give the one it lies in.");
        }

        if (IsPath(subject) || RepositorySubject.TryParse(subject) is not { } repository)
        {
            throw new ToolException($"There is no folder '{subject}'. Give one, or a repository as owner/repo, owner/repo@ref or owner/repo#12.");
        }

        return reference is not null ? throw new ToolException($"A reference is given with a folder; for a repository write {repository.Repository}@{reference}.")
            : repositories is null ? throw new ToolException($"There is no folder '{subject}', and as a repository it cannot be read because GitHub is not configured. Set Integrations:GitHub:Token (or TokenFile), or give a folder.")
            : (repository, repositories);
    }

    private async Task<ISourceTree> OpenFolderAsync(string subject, string? reference, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(subject);
        if (reference is null)
        {
            return new FolderSourceTree(subject, folder, clones is null ? null : await clones.CheckoutAsync(folder, cancellationToken));
        }

        return clones is null
            ? throw new ToolException("A commit of a clone needs git, which is not composed here.")
            : await clones.OpenAsync(subject, folder, reference, cancellationToken);
    }

    private static bool IsPath(string subject) => subject.StartsWith('.') || subject.StartsWith('~') || Path.IsPathRooted(subject);
}
