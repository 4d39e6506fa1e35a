using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git.Local;

/// <summary>
/// A repository of our own, in a folder nobody else may enter, that borrows the objects of a clone and nothing else of it: what the clone's
/// configuration and hooks say never reaches git.
/// </summary>
internal sealed class BorrowedRepository : IDisposable
{
    private readonly string _folder;

    /// <param name="clone">Whose objects.</param>
    /// <param name="head">Full hash that HEAD stands at.</param>
    /// <exception cref="ToolException">Its place has a name git cannot be told.</exception>
    public BorrowedRepository(CloneLocation clone, string head)
    {
        var objects = Path.Combine(clone.CommonDir, "objects");
        if (objects.Any(char.IsControl) || objects.StartsWith('#') || objects.Contains('"', StringComparison.Ordinal))
        {
            throw new ToolException($"The clone at {BranchName.Shown(clone.CommonDir)} cannot be read: its path has a control character or a quote in it.");
        }

        _folder = Directory.CreateTempSubdirectory("sre-agent-clone-").FullName;
        Options = new GitOptions { Root = _folder };
        GitDir = Path.Combine(_folder, "repository.git");
        Directory.CreateDirectory(Path.Combine(GitDir, "objects", "info"));
        Directory.CreateDirectory(Path.Combine(GitDir, "refs"));
        File.WriteAllText(Path.Combine(GitDir, "HEAD"), head + "\n");
        File.WriteAllText(Path.Combine(GitDir, "config"), head.Length == 64 ? "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n" : "[core]\n\trepositoryformatversion = 0\n");
        File.WriteAllText(Path.Combine(GitDir, "objects", "info", "alternates"), objects + "\n");
        Head = head;
    }

    public GitOptions Options { get; }

    public string GitDir { get; }

    public string Head { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A git that is being ended may still hold it; the system clears its folder of temporary files.
        }
    }
}
