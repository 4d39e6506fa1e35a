using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SreAgent.Lab.Git;
using SreAgent.Lab.GitHub;

namespace SreAgent.Lab;

/// <summary>Asks git what was pushed to the practice world's repositories. Files are taken for UTF-8 text; links and submodules for nothing.</summary>
internal sealed class RepositoryMirror(PracticeRepositories repositories, GitProgram git) : IRepositoryMirror
{
    private const char Between = '\u001f';

    private readonly ConcurrentDictionary<string, (string Stamp, IReadOnlyDictionary<string, string> Branches)> _looked = new(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, string>?> BranchesAsync(string repository, CancellationToken cancellationToken)
    {
        if (PathOf(repository) is not { } path)
        {
            return null;
        }

        // Taken first: what is pushed while git answers changes it again.
        var stamp = StampOf(path);
        if (_looked.TryGetValue(path, out var looked) && looked.Stamp == stamp)
        {
            return looked.Branches;
        }

        var branches = (await TextAsync(path, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).ToDictionary(line => line[1]["refs/heads/".Length..], line => line[0], StringComparer.Ordinal);
        _looked[path] = (stamp, branches);
        return branches;

        async Task<string> TextAsync(string folder, params string[] arguments) => Encoding.UTF8.GetString(await git.RunAsync(folder, arguments, default, cancellationToken));
    }

    public async Task<IReadOnlyList<GitHubCommitSeed>> CommitsAsync(string repository, IReadOnlyCollection<string> heads, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        var path = PathOf(repository) ?? throw new ArgumentException($"There is no repository {repository}.", nameof(repository));
        var asked = Encoding.ASCII.GetBytes(string.Concat(heads.Select(head => $"{head}\n").Concat(known.Select(commit => $"^{commit}\n"))));
        string[] log = ["log", "-z", "--topo-order", "--reverse", "--ignore-missing", "--no-color", "--no-show-signature", $"--format=%H{Between}%P{Between}%an{Between}%ct{Between}%B", "--stdin"];
        var commits = Encoding.UTF8.GetString(await git.RunAsync(path, log, asked, cancellationToken)).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(CommitOf).ToArray();
        var changes = new List<IReadOnlyList<(string Path, string? Blob)>>();
        foreach (var commit in commits)
        {
            changes.Add(await ChangesAsync(path, commit, cancellationToken));
        }

        var contents = await ContentsAsync(path, [.. changes.SelectMany(change => change).Select(file => file.Blob).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);
        return [.. commits.Zip(changes, (commit, files) => commit with { Files = files.ToDictionary(file => file.Path, file => file.Blob is null ? null : contents[file.Blob], StringComparer.Ordinal) })];
    }

    private string? PathOf(string repository) =>
        repository.Split('/') is [PracticeSeeds.Owner, var app] && repositories.PathOf(app) is var path && Directory.Exists(path) ? path : null;

    /// <summary>Changes whenever a branch does; so git need not be asked before every request.</summary>
    private static string StampOf(string path)
    {
        try
        {
            var files = Directory.EnumerateFiles(Path.Combine(path, "refs", "heads"), "*", SearchOption.AllDirectories).Append(Path.Combine(path, "packed-refs"));
            return string.Join('\n', files.Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file).Ticks}"));
        }
        catch (DirectoryNotFoundException)
        {
            // Git took away a folder while it was looked at: not the same as anything seen before.
            return Guid.NewGuid().ToString();
        }
    }

    private static GitHubCommitSeed CommitOf(string entry)
    {
        var parts = entry.Split(Between, 5);
        return new GitHubCommitSeed(parts[0], parts[4].TrimEnd('\n'), parts[2], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[3], CultureInfo.InvariantCulture)))
        {
            Parents = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    /// <summary>What a commit changes of its first parent: path to the new content's hash, or to null where a file goes.</summary>
    private async Task<IReadOnlyList<(string Path, string? Blob)>> ChangesAsync(string path, GitHubCommitSeed commit, CancellationToken cancellationToken)
    {
        string[] between = commit.Parents is [var parent, ..] ? [parent, commit.Sha] : ["--root", "--no-commit-id", commit.Sha];
        var raw = Encoding.UTF8.GetString(await git.RunAsync(path, ["diff-tree", "-r", "-z", "--no-renames", .. between], default, cancellationToken));
        return
        [
            .. from pair in raw.Split('\0', StringSplitOptions.RemoveEmptyEntries).Chunk(2)
               let facts = pair[0].TrimStart(':').Split(' ')
               where facts[1] is "100644" or "100755" or "000000"
               select (pair[1], facts[1] == "000000" ? null : facts[3]),
        ];
    }

    private async Task<Dictionary<string, string>> ContentsAsync(string path, string[] blobs, CancellationToken cancellationToken)
    {
        var rest = (ReadOnlyMemory<byte>)await git.RunAsync(path, ["cat-file", "--batch"], Encoding.ASCII.GetBytes(string.Concat(blobs.Select(blob => $"{blob}\n"))), cancellationToken);
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var blob in blobs)
        {
            // "<hash> blob <size>", a line break, the content, a line break.
            var end = rest.Span.IndexOf((byte)'\n');
            var size = int.Parse(Encoding.ASCII.GetString(rest.Span[..end]).Split(' ')[2], CultureInfo.InvariantCulture);
            contents[blob] = Encoding.UTF8.GetString(rest.Span.Slice(end + 1, size));
            rest = rest[(end + size + 2)..];
        }

        return contents;
    }
}
