using System.Globalization;

namespace SreAgent.Integrations.Git.Local;

/// <summary>A line of <c>git ls-tree -r -z</c>, with or without <c>-l</c>.</summary>
/// <param name="Mode">As git writes it: <c>100644</c>.</param>
/// <param name="Path">From the root of the repository.</param>
internal readonly record struct TreeEntry(string Mode, string Hash, long Size, string Path)
{
    public bool IsFile => Mode is "100644" or "100755" or "100664";

    public bool IsLink => Mode == "120000";

    /// <returns>Null when it is no such line.</returns>
    public static TreeEntry? Read(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab > 0 && line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var mode, _, var hash, .. var size]
            ? new TreeEntry(mode, hash, long.TryParse(size.FirstOrDefault(), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0, line[(tab + 1)..])
            : null;
    }
}
