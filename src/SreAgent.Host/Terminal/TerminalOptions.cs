using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Host.Terminal;

/// <summary>The settings' <c>Terminal</c> section.</summary>
public sealed class TerminalOptions
{
    public const string Section = "Terminal";

    /// <summary>Where typed lines are remembered; an empty text remembers them for the session only.</summary>
    public string HistoryFile { get; set; } = DefaultHistoryFile();

    /// <summary>How many lines are remembered; 0 to 100,000.</summary>
    public int HistoryLength { get; set; } = 1_000;

    private static string DefaultHistoryFile()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return !string.IsNullOrEmpty(state) ? Path.Combine(state, "sre-agent", "history")
            : home.Length > 0 ? Path.Combine(home, ".local", "state", "sre-agent", "history")
            : "";
    }
}

public static class TerminalServices
{
    /// <summary>What the terminal surface reads from the settings' <c>Terminal</c> section.</summary>
    public static IServiceCollection AddTerminal(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<TerminalOptions>().Bind(configuration.GetSection(TerminalOptions.Section))
            .Validate(options => options.HistoryLength is >= 0 and <= 100_000, $"{TerminalOptions.Section}:HistoryLength takes 0 to 100,000.")
            .ValidateOnStart();
        return services;
    }
}
