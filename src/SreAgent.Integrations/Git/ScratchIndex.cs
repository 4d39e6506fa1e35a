namespace SreAgent.Integrations.Git;

/// <summary>A copy of a worktree's index to look with, so that looking leaves no mark.</summary>
internal sealed class ScratchIndex : IDisposable
{
    private ScratchIndex(string file) => File = file;

    public string File { get; }

    public static async Task<ScratchIndex> OfAsync(Worktree worktree, GitOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Root!, "scratch"); // Enabled, so there is a root.
        Directory.CreateDirectory(folder);
        var scratch = new ScratchIndex(Path.Combine(folder, $"index-{Guid.NewGuid():N}"));
        await using var from = System.IO.File.OpenRead(Path.Combine(worktree.GitDir, "index"));
        await using var to = System.IO.File.Create(scratch.File);
        await from.CopyToAsync(to, cancellationToken);
        return scratch;
    }

    public void Dispose()
    {
        System.IO.File.Delete(File);
        System.IO.File.Delete(File + ".lock");
    }
}
