using System.Text;

namespace SreAgent.Integrations.Git.Local;

/// <summary>Where a repository keeps itself, found without asking git, which would read its configuration.</summary>
/// <param name="GitDir">What belongs to this working copy: its HEAD and its index.</param>
/// <param name="CommonDir">What all working copies of it share: objects and refs.</param>
/// <param name="WorkTree">Absent for a bare clone.</param>
/// <param name="Prefix">The folder asked about, from the root of the repository, with <c>/</c> at its end. Empty for the root.</param>
internal sealed record CloneLocation(string GitDir, string CommonDir, string? WorkTree, string Prefix)
{
    private const int LongestPointer = 4096;

    public string Index => Path.Combine(GitDir, "index");

    /// <returns>Null when the folder belongs to no repository.</returns>
    public static CloneLocation? Of(string folder)
    {
        if (IsGitDir(folder))
        {
            return new CloneLocation(folder, folder, WorkTree: null, "");
        }

        for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            var entry = Path.Combine(place, ".git");
            var gitDir = PathKinds.Of(entry) switch
            {
                PathKind.Folder => entry,
                PathKind.File => Linked(entry),
                _ => null,
            };
            if (gitDir is not null)
            {
                return CommonOf(gitDir) is { } common && IsGitDir(common) ? new CloneLocation(gitDir, common, place, PrefixOf(place, folder)) : null;
            }
        }

        return null;
    }

    /// <summary>A worktree names its repository, and is believed only when that names the worktree too: nobody can point into another's repository.</summary>
    private static string? Linked(string pointer)
    {
        const string Mark = "gitdir: ";
        if (FirstLine(pointer) is not { } line || !line.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var gitDir = Path.GetFullPath(line[Mark.Length..], Path.GetDirectoryName(pointer)!); // A file lies in a folder.
        return FirstLine(Path.Combine(gitDir, "gitdir")) is { } back && Path.GetFullPath(back, gitDir) == pointer ? gitDir : null;
    }

    private static string? CommonOf(string gitDir) =>
        PathKinds.Of(Path.Combine(gitDir, "commondir")) == PathKind.Missing ? gitDir
        : FirstLine(Path.Combine(gitDir, "commondir")) is { } common ? Path.GetFullPath(common, gitDir)
        : null;

    private static bool IsGitDir(string folder) =>
        PathKinds.Of(Path.Combine(folder, "HEAD")) == PathKind.File && PathKinds.Of(Path.Combine(folder, "objects")) == PathKind.Folder
        && PathKinds.Of(Path.Combine(folder, "refs")) == PathKind.Folder;

    private static string PrefixOf(string root, string folder) =>
        root == folder ? "" : Path.GetRelativePath(root, folder).Replace(Path.DirectorySeparatorChar, '/') + "/";

    private static string? FirstLine(string file)
    {
        try
        {
            return PathKinds.Of(file) == PathKind.File && new FileInfo(file).Length <= LongestPointer
                && File.ReadLines(file, Encoding.UTF8).FirstOrDefault()?.Trim() is { Length: > 0 } line ? line : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
