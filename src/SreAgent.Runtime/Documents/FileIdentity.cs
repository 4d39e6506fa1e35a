namespace SreAgent.Runtime.Documents;

/// <summary>Which file a path really is, and whether it is still the one that was read.</summary>
/// <param name="Target">The file at the end of all links: a mounted configuration map swaps the link, not the file.</param>
internal readonly record struct FileIdentity(string Target, DateTime LastWriteUtc, long Length)
{
    /// <exception cref="IOException">Links go round in circles.</exception>
    public static FileIdentity Of(string path)
    {
        var target = FinalTarget(path);
        var file = new FileInfo(target);
        return new FileIdentity(target, file.LastWriteTimeUtc, file.Exists ? file.Length : -1);
    }

    public static string FinalTarget(string path) => RealPath(path) ?? path;

    /// <summary>The path with every link in it followed; null when something on the way does not exist.</summary>
    public static string? RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            if (!Path.Exists(next))
            {
                return null;
            }

            var link = new FileInfo(next).ResolveLinkTarget(returnFinalTarget: true);
            // What a link points at may itself lie behind links.
            real = link is null ? next : RealPath(link.FullName) ?? link.FullName;
        }

        return real;
    }
}
