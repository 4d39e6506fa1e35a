using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub.Trees;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// A commit on GitHub: its list of files, and their content from one archive. What the archive lacks or holds differently is asked for by its
/// hash, up to a limit. Nothing is kept once it is disposed of.
/// </summary>
/// <param name="commit">Full hash.</param>
internal sealed class GitHubSourceTree(IGitHubApi api, RepositoryName repository, string commit, TreeLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Loaded? _loaded;
    private int _blobs;

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(cancellationToken);
        return new SourceListing([.. loaded.Files.All.Select(file => new SourceEntry(file.Key, file.Value.Size))], [.. loaded.Files.NotLookedAt, .. loaded.Notes]);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(cancellationToken);
        if (loaded.Files.Find(path) is not { } file || file.Size > limits.FileBytes)
        {
            return null;
        }

        if (file.At is null && !await FetchAsync(loaded, file, cancellationToken))
        {
            return null;
        }

        var content = new byte[Math.Min(file.Size, most)];
        var read = await loaded.Stored.ReadAsync(file.At ?? 0, content, cancellationToken);
        return content.AsMemory(0, read);
    }

    /// <summary>The same into the caller's memory.</summary>
    public async ValueTask<int?> ReadIntoAsync(string path, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(cancellationToken);
        return loaded.Files.Find(path) is not { } file || file.Size > limits.FileBytes || (file.At is null && !await FetchAsync(loaded, file, cancellationToken)) ? null
            : await loaded.Stored.ReadAsync(file.At ?? 0, buffer[..(int)Math.Min(file.Size, buffer.Length)], cancellationToken);
    }

    public void Dispose()
    {
        _loaded?.Stored.Dispose();
        _one.Dispose();
    }

    private async Task<Loaded> LoadAsync(CancellationToken cancellationToken)
    {
        if (_loaded is { } ready)
        {
            return ready;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return _loaded ??= await DownloadAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Loaded> DownloadAsync(CancellationToken cancellationToken)
    {
        var tree = await api.TreeAsync(repository, commit, cancellationToken);
        var files = new CommitFiles(tree.Tree.Select(entry => new ListedEntry(entry.Path, entry.Mode, entry.Type, entry.Sha, entry.Size ?? 0)), !tree.Truncated, limits);
        var stored = new StoredFiles();
        try
        {
            var archive = new ArchiveReader(files, stored, limits);
            await api.ArchiveAsync(repository, commit, archive.ReadAsync, cancellationToken);
            return new Loaded(files, stored, [.. Notes(files, archive)]);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private IEnumerable<string> Notes(CommitFiles files, ArchiveReader archive)
    {
        if (!files.IsComplete)
        {
            yield return "GitHub does not list all files of a tree this large. The rest comes from the archive of the commit, in which attributes may have changed files or left them out.";
        }

        if (archive.Stopped is { } why)
        {
            yield return $"{why}; up to {limits.Blobs} of the other files are asked for one by one";
        }
    }

    /// <summary>One file by its hash.</summary>
    private async Task<bool> FetchAsync(Loaded loaded, CommitFile file, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (file.At is not null)
            {
                return true;
            }

            if (file.Hash is null || _blobs >= limits.Blobs)
            {
                return false;
            }

            _blobs++;
            var blob = await api.BlobAsync(repository, file.Hash, cancellationToken);
            var content = blob.Encoding == "base64" ? Convert.FromBase64String(blob.Content) : System.Text.Encoding.UTF8.GetBytes(blob.Content);
            if (content.Length != file.Size)
            {
                return false;
            }

            file.At = await loaded.Stored.AddAsync(content, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is ToolException or FormatException)
        {
            return false; // Told as a file that could not be read, which it is.
        }
        finally
        {
            _one.Release();
        }
    }

    private sealed record Loaded(CommitFiles Files, StoredFiles Stored, IReadOnlyList<string> Notes);
}
