using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git.Local;

/// <inheritdoc cref="ILocalClones"/>
internal sealed class LocalClones(TimeProvider clock) : ILocalClones
{
    private const int MostOutput = 128 << 20;

    public async Task<CleanCheckout?> CheckoutAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return CloneLocation.Of(folder) is { WorkTree: { } workTree } clone && PathKinds.Of(clone.Index) == PathKind.File && LooseRefs.Read(clone, "HEAD") is { } head
                ? await CheckoutAsync(clone, workTree, head, cancellationToken)
                : null;
        }
        catch (Exception e) when (e is ToolException or IOException or UnauthorizedAccessException)
        {
            // No git, or none that can say: the files are reviewed as what they are, files.
            return null;
        }
    }

    public async Task<ISourceTree> OpenAsync(string subject, string folder, string reference, CancellationToken cancellationToken)
    {
        var clone = CloneLocation.Of(folder) ?? throw new ToolException($"'{subject}' belongs to no git repository, so it has no {BranchName.Shown(reference)}. Leave the reference out to review the files on disk.");
        var repository = await ResolvedAsync(clone, subject, reference, cancellationToken);
        return new CommitTree(subject, clone.Prefix, repository, CommandFor(repository), new BlobReader(repository, new GitSurroundings(repository.Options)));
    }

    private async Task<CleanCheckout?> CheckoutAsync(CloneLocation clone, string workTree, string head, CancellationToken cancellationToken)
    {
        using var repository = new BorrowedRepository(clone, head);
        var command = CommandFor(repository);
        GitCall Ask(params string[] arguments) => new(repository.GitDir, [.. arguments, "--", clone.Prefix.Length == 0 ? "." : clone.Prefix])
        {
            WorkTree = workTree,
            IndexFile = clone.Index,
            MostOutput = MostOutput,
        };

        var tree = CommitTree.EntriesAsync(command, repository, clone.Prefix, withSizes: false, cancellationToken);
        var index = command.DoAsync(Ask("ls-files", "--stage", "-v", "-z"), cancellationToken);
        var status = command.DoAsync(Ask("status", "--porcelain=v1", "-z", "--untracked-files=normal", "--ignore-submodules=all"), cancellationToken);
        await Task.WhenAll(tree, index, status);

        // What the index says of itself (that a file is to be taken as unchanged, that a folder is as committed) is not believed.
        var staged = (await index).Parts.Select(line => line.Split('\t', 2)).Select(parts => (Facts: parts[0].Split(' '), Path: parts[^1])).ToArray();
        if ((await status).Output.Length > 0 || staged.Any(entry => entry.Facts is not ["H", _, _, "0"]))
        {
            return null;
        }

        var committed = (await tree).Select(entry => (entry.Mode, entry.Hash, entry.Path)).ToHashSet();
        return !committed.SetEquals(staged.Select(entry => (entry.Facts[1], entry.Facts[2], entry.Path))) ? null : new CleanCheckout(
            head, committed.Where(entry => entry.Mode is "100644" or "100755").Select(entry => entry.Path[clone.Prefix.Length..]).ToHashSet(StringComparer.Ordinal));
    }

    private async Task<BorrowedRepository> ResolvedAsync(CloneLocation clone, string subject, string reference, CancellationToken cancellationToken)
    {
        var known = Candidates(reference).Select(name => LooseRefs.Read(clone, name)).FirstOrDefault(hash => hash is not null);
        var looking = new BorrowedRepository(clone, known ?? LooseRefs.Read(clone, "HEAD") ?? new string('0', 40));
        try
        {
            var asked = known ?? (BranchName.IsHash(reference) ? reference : null);
            var hash = asked is null ? null : await CommandFor(looking).LineAsync(new GitCall(looking.GitDir, "rev-parse", "--verify", "--quiet", "--end-of-options", asked + "^{commit}"), cancellationToken);
            if (hash is null || !LooseRefs.IsFullHash(hash))
            {
                throw new ToolException($"The clone at '{subject}' has no branch, tag or commit '{BranchName.Shown(reference)}'. Give a branch, a tag, HEAD, or at least 7 digits of a hash; what is only on the remote has to be fetched first.");
            }

            if (hash == looking.Head)
            {
                return looking;
            }

            looking.Dispose();
            return new BorrowedRepository(clone, hash);
        }
        catch
        {
            looking.Dispose();
            throw;
        }
    }

    private static IEnumerable<string> Candidates(string reference) =>
        reference == "HEAD" ? ["HEAD"]
        : reference.StartsWith("refs/", StringComparison.Ordinal) && BranchName.IsPlain(reference) ? [reference]
        : BranchName.IsPlain(reference) ? [$"refs/heads/{reference}", $"refs/tags/{reference}", $"refs/remotes/{reference}"]
        : [];

    private GitCommand CommandFor(BorrowedRepository repository) => new(repository.Options, new GitSurroundings(repository.Options), clock);
}
