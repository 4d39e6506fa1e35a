using Microsoft.AspNetCore.Http;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub;

/// <summary>Brings what was pushed to the real repositories into the simulated ones, before a request looks at them.</summary>
internal sealed class PushedBranches(IRepositoryMirror mirror, GitHubWorld world) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _brought = new(StringComparer.Ordinal);

    /// <param name="path">Of the request that is about to look.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BringAsync(PathString path, CancellationToken cancellationToken)
    {
        if ((path.Value ?? "").Split('/', 5) is not ["", "repos", var owner, var name, ..] || world.Find(owner, name) is not { } repository)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            await BringAsync(repository, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task BringAsync(RepositoryState repository, CancellationToken cancellationToken)
    {
        var before = _brought.GetValueOrDefault(repository.FullName);
        if (await mirror.BranchesAsync(repository.FullName, cancellationToken) is not { } now || ReferenceEquals(now, before))
        {
            return;
        }

        string[] known;
        lock (world.Gate)
        {
            known = [.. repository.Commits.Keys];
        }

        string[] wanted = [.. now.Values.Except(known, StringComparer.Ordinal)];
        var commits = wanted.Length == 0 ? [] : await mirror.CommitsAsync(repository.FullName, wanted, known, cancellationToken);
        lock (world.Gate)
        {
            foreach (var commit in commits.Where(commit => !repository.Commits.ContainsKey(commit.Sha)))
            {
                repository.Add(commit, commit.Parents ?? []);
            }

            Move(repository, before ?? new Dictionary<string, string>(StringComparer.Ordinal), now);
        }

        _brought[repository.FullName] = now;
    }

    /// <summary>Only what moved there since the last look: a branch may have been made or moved here, too.</summary>
    private static void Move(RepositoryState repository, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        foreach (var (branch, head) in now.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value))
        {
            repository.Refs[$"refs/heads/{branch}"] = head;
        }

        // The branches of a pull request stay, as it goes on showing what it brings.
        foreach (var gone in before.Keys.Where(name => !now.ContainsKey(name) && !repository.Issues.Exists(issue => issue.Pull?.Head == name || issue.Pull?.Base == name)))
        {
            repository.Refs.Remove($"refs/heads/{gone}");
        }
    }
}
