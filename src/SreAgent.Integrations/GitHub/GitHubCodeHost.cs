using SreAgent.Core.Code;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>What a deploy asks of the code it is made from.</summary>
internal sealed class GitHubCodeHost(IGitHubApi api, ConnectionOptions options) : ICodeHost
{
    /// <summary>GitHub names no more changed files than this in a comparison.</summary>
    public const int MostFiles = 300;
    private const int TitleLength = 200;

    private readonly CommitChecksReader _checks = new(api);
    private readonly RepositoryFiles _files = new(api);
    private readonly Uri _site = options.ExternalUrl ?? GitHubAddress.Site(options.BaseUrl);

    public string Name => GitHubTools.Source;

    public async Task<CommitRange> CompareAsync(string repository, string from, string to, CancellationToken cancellationToken)
    {
        var comparison = await api.CompareAsync(RepositoryName.Parse(repository), from, to, cancellationToken);
        return new CommitRange(
            comparison.AheadBy, comparison.BehindBy, [.. (comparison.Commits ?? []).Select(Commit)],
            [.. (comparison.Files ?? []).Select(file => new ChangedFile(file.Filename, file.Status ?? "changed", file.Additions, file.Deletions))],
            comparison.Files is { Count: >= MostFiles }, GitHubAddress.Page(comparison.HtmlUrl));
    }

    public Task<CommitChecks> ChecksAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        var name = RepositoryName.Parse(repository);
        return _checks.ReadAsync(name, commit, hash => new Uri(_site, $"{name}/commit/{hash}/checks"), cancellationToken);
    }

    public async Task<string?> FileAsync(string repository, string path, string commit, CancellationToken cancellationToken)
    {
        var name = RepositoryName.Parse(repository);
        return await _files.FindAsync(name, path, commit, cancellationToken) switch
        {
            null => null,
            [var file] when string.Equals(file.Path, path.Trim().Trim('/'), StringComparison.Ordinal) => RepositoryFiles.Text(name, file),
            _ => throw new ToolException($"{name}:{Excerpt.Line(path, 200)} is a folder, not a file."),
        };
    }

    public static Commit Commit(ApiCommit commit) => new(
        commit.Sha, Excerpt.Line(commit.Commit.Message.Split('\n')[0], TitleLength), Excerpt.Line(commit.Commit.Author?.Name, 100),
        commit.Commit.Committer?.Date ?? commit.Commit.Author?.Date ?? DateTimeOffset.MinValue);
}
