using Microsoft.Win32.SafeHandles;

namespace SreAgent.Runtime.Readiness.Trees;

/// <summary>Where something really is, every link on the way resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <param name="path">Exists.</param>
    /// <exception cref="IOException">Links that lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links < MostLinks; links++)
        {
            if (FirstLink(full) is not { } link)
            {
                return full;
            }

            // The rest of the way goes on from where the link leads.
            full = Path.GetFullPath(link.Target + full[link.Place.Length..]);
        }

        throw new IOException($"'{path}' leads through more than {MostLinks} links.");
    }

    /// <summary>What was really opened, whatever has been put in its place meanwhile. Null where the system does not tell.</summary>
    public static string? OfOpen(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget : null;

    private static (string Place, string Target)? FirstLink(string full)
    {
        var root = Path.GetPathRoot(full)!; // The path is absolute.
        var end = root.Length;
        while (end < full.Length)
        {
            var next = full.IndexOf(Path.DirectorySeparatorChar, end);
            var place = next < 0 ? full : full[..next];
            if (new DirectoryInfo(place).LinkTarget is { } target)
            {
                return (place, Path.GetFullPath(target, Path.GetDirectoryName(place)!)); // A link lies in a folder.
            }

            end = place.Length + 1;
        }

        return null;
    }
}
