namespace SreAgent.Host.Composition;

/// <summary>Where this user's settings and state live, by the XDG base directory specification (a relative value is ignored).</summary>
internal static class UserFolders
{
    public static string Config => Under("XDG_CONFIG_HOME", ".config");

    public static string State => Under("XDG_STATE_HOME", Path.Combine(".local", "state"));

    private static string Under(string variable, string fallback)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var root = Environment.GetEnvironmentVariable(variable) is { } stated && Path.IsPathRooted(stated) ? stated
            : home.Length > 0 ? Path.Combine(home, fallback)
            : Path.GetTempPath();
        return Path.Combine(root, "sre-agent");
    }
}
