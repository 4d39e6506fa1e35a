using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub.Trees;

namespace SreAgent.Integrations.GitHub;

/// <summary>Repositories and pull requests, to be reviewed without a clone.</summary>
internal sealed class GitHubRepositoryTrees(IGitHubApi api) : IRepositoryTrees, IPullRequests
{
    /// <summary>GitHub names no more changed files than this.</summary>
    private const int MostFiles = 3000;

    private readonly SharedTrees _trees = new(api, new TreeLimits());

    /// <summary>A commit that somebody holds open already is not downloaded again.</summary>
    public async Task<ISourceTree> OpenAsync(RepositorySubject subject, CancellationToken cancellationToken) =>
        _trees.Open(RepositoryName.Parse(subject.Repository), await HeadAsync(subject, cancellationToken), subject.ToString());

    public async Task<string> HeadAsync(RepositorySubject subject, CancellationToken cancellationToken)
    {
        var repository = RepositoryName.Parse(subject.Repository);
        return subject.PullRequest is { } number
            ? (await api.PullRequestAsync(repository, number, cancellationToken)).Head.Sha
            : (await api.CommitAsync(repository, subject.Reference ?? "HEAD", cancellationToken)).Sha;
    }

    public async Task<PullRequestFacts> FactsAsync(string repository, int number, CancellationToken cancellationToken)
    {
        var name = RepositoryName.Parse(repository);
        var pull = await api.PullRequestAsync(name, number, cancellationToken);
        var files = api.PullRequestFilesAsync(name, number, MostFiles, cancellationToken);
        var comparison = api.CompareAsync(name, pull.Base.Sha, pull.Head.Sha, cancellationToken);
        await Task.WhenAll(files, comparison);
        var parted = (await comparison).MergeBaseCommit?.Sha
            ?? throw new ToolException($"GitHub does not say on which commit {name}#{number} was made, so what it changes cannot be told. Ask again.") { Retryable = true };
        return new PullRequestFacts(name.ToString(), number, pull.Head.Sha, parted)
        {
            Title = Excerpt.Line(pull.Title, 300),
            Target = pull.Base.Ref,
            IsFork = !string.Equals(pull.Head.Repo?.FullName, pull.Base.Repo?.FullName, StringComparison.OrdinalIgnoreCase),
            IsOpen = pull.State == "open",
            Files = [.. (await files).Items.Select(Changed).OrderBy(file => file.Path, StringComparer.Ordinal)],
            FilesCut = (await files).MoreExist || (await files).Items.Count < pull.ChangedFiles,
            Page = GitHubAddress.Page(pull.HtmlUrl),
        };
    }

    private static ChangedPath Changed(ApiFile file) => new(file.Filename, file.Status switch
    {
        "added" or "copied" => PathChange.Added,
        "removed" => PathChange.Removed,
        "renamed" => PathChange.Renamed,
        _ => PathChange.Modified,
    })
    {
        PreviousPath = file.Status == "renamed" ? file.PreviousFilename : null,
        Additions = file.Additions,
        Deletions = file.Deletions,
    };
}
