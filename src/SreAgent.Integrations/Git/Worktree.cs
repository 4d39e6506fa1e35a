using System.Text.RegularExpressions;

namespace SreAgent.Integrations.Git;

/// <summary>A worktree of ours.</summary>
/// <param name="Id">How tools name it, never a path: <c>checkout/sre-41-raise-pool-limit-1a2b3c</c>.</param>
/// <param name="Folder">Its files.</param>
/// <param name="GitDir">Its own part of the repository: HEAD and index.</param>
internal sealed partial record Worktree(GitRepository Repository, string Slug, string Folder, string GitDir)
{
    public string Id => $"{Repository.Name}/{Slug}";

    /// <summary>The commit it was made from; a ref, so that the commit stays.</summary>
    public string BaseRef => BaseRefOf(Slug);

    public bool IsLocked => File.Exists(Path.Combine(GitDir, "locked"));

    public static string BaseRefOf(string slug) => $"refs/sre-agent/base/{slug}";

    public GitCall Call(params string[] arguments) => new(GitDir, arguments) { WorkTree = Folder };

    /// <summary>A call about history, which needs no files.</summary>
    public GitCall Ask(params string[] arguments) => new(GitDir, arguments);

    public static bool IsSlug(string text) => Slugs().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Slugs();
}
