namespace SreAgent.Lab.Servers;

/// <summary>Where a server program was found, or why it cannot be had.</summary>
public abstract record ServerBinary
{
    private ServerBinary()
    {
    }

    /// <param name="Path">The program.</param>
    /// <param name="ShareFolder">
    /// The unpacked package's /usr/share, for a program that insists on its files there. Absent when they are installed or not needed.
    /// </param>
    public sealed record Found(string Path, string? ShareFolder) : ServerBinary;

    public sealed record Unavailable(string Reason) : ServerBinary;

    /// <summary>Looks for a program on PATH under any of these names.</summary>
    public static string? OnPath(params ReadOnlySpan<string> names)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var name in names)
            {
                var path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }
}
