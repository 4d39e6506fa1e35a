namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>Finds flyctl: where the settings say, else on PATH under either of its names.</summary>
internal static class FlyctlBinary
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["flyctl.exe", "fly.exe"] : ["flyctl", "fly"];

    /// <returns>Null when there is none, or none is wanted.</returns>
    public static string? Find(string? setting) => setting switch
    {
        FlyOptions.FlyctlOff => null,
        not null => Path.GetFullPath(setting),
        null => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified) // A relative entry would be looked up in whatever folder we stand in.
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists),
    };
}
