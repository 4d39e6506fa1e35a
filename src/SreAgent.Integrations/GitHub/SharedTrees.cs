using SreAgent.Core.Readiness;
using SreAgent.Integrations.GitHub.Trees;

namespace SreAgent.Integrations.GitHub;

/// <summary>Commits that are held open, each downloaded once for all who hold it and dropped with the last of them.</summary>
internal sealed class SharedTrees(IGitHubApi api, TreeLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Repository, string Commit), Shared> _open = [];

    /// <param name="repository">Where it is.</param>
    /// <param name="commit">Full hash.</param>
    /// <param name="subject">What this holder calls it.</param>
    public ISourceTree Open(RepositoryName repository, string commit, string subject)
    {
        var key = (repository.ToString().ToUpperInvariant(), commit);
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out var shared))
            {
                _open[key] = shared = new Shared(new GitHubSourceTree(api, repository, commit, limits));
            }

            shared.Holders++;
            return new Hold(this, key, shared.Tree, subject);
        }
    }

    private void Release((string Repository, string Commit) key)
    {
        lock (_gate)
        {
            if (--_open[key].Holders == 0)
            {
                _open[key].Tree.Dispose();
                _open.Remove(key);
            }
        }
    }

    private sealed class Shared(GitHubSourceTree tree)
    {
        public GitHubSourceTree Tree => tree;

        public int Holders { get; set; }
    }

    private sealed class Hold(SharedTrees trees, (string Repository, string Commit) key, GitHubSourceTree tree, string subject) : ISourceTree, IAsyncDisposable
    {
        private int _released;

        public string Subject => subject;

        public string? Commit => key.Commit;

        public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => tree.ListAsync(cancellationToken);

        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken) => tree.ReadAsync(path, most, cancellationToken);

        public ValueTask<int?> ReadIntoAsync(string path, Memory<byte> buffer, CancellationToken cancellationToken) => tree.ReadIntoAsync(path, buffer, cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                trees.Release(key);
            }

            return ValueTask.CompletedTask;
        }
    }
}
