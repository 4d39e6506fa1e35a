namespace SreAgent.Host.Mcp.Resources;

/// <summary>
/// Where runbooks may lie, and the only way to a runbook's file. The path comes from the settings, yet a runbook is read to a model:
/// a typing mistake or a link must not turn "the runbook" into a key file.
/// </summary>
internal sealed class RunbookFolders(IReadOnlyList<string> roots)
{
    /// <summary>A larger file is no runbook.</summary>
    private const long MaxBytes = 512 * 1024;

    private static readonly string[] Endings = [".md", ".markdown", ".txt", ".rst", ".adoc"];

    /// <summary>The current folder, then the one the user's settings lie in.</summary>
    public static RunbookFolders Default() => new(
    [
        Directory.GetCurrentDirectory(),
        Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".config", "sre-agent"),
    ]);

    /// <summary>
    /// The file a setting means, or null. A relative path must stay inside one of the roots; an absolute one names its file itself. Either
    /// way links are followed first, and may not lead out of the root, or out of the named file's own folder.
    /// </summary>
    public string? Find(string? runbook)
    {
        if (string.IsNullOrWhiteSpace(runbook) || runbook.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        return Path.IsPathRooted(runbook)
            ? Inside(Path.GetDirectoryName(Path.GetFullPath(runbook)) ?? "/", Path.GetFullPath(runbook))
            : roots.Select(root => Inside(root, Path.GetFullPath(runbook, root))).FirstOrDefault(found => found is not null);
    }

    private static string? Inside(string root, string path)
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
            {
                return null;
            }

            var real = RealPath(path);
            var folder = RealPath(root).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            return real.StartsWith(folder, StringComparison.Ordinal) && Endings.Contains(Path.GetExtension(real).ToLowerInvariant(), StringComparer.Ordinal)
                ? real
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>With every link on the way resolved, folders included.</summary>
    private static string RealPath(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path)) ?? "/";
        foreach (var part in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
