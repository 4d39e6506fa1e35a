using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SreAgent.Runtime.Stores;

/// <summary>The settings' <c>Store</c> section: where this installation remembers approvals, the audit trail and conversations.</summary>
public sealed record StoreOptions
{
    public const string Section = "Store";

    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 300;

    /// <summary>
    /// The SQLite file, a leading <c>~/</c> allowed. Default: <c>sre-agent/sre-agent.db</c> in <c>$XDG_STATE_HOME</c>, else in
    /// <c>~/.local/state</c>. Must be on a local disk: SQLite's locks do not hold on most network file systems.
    /// </summary>
    public string Path { get; init; } = "";

    /// <summary>How long a write waits for other processes before it gives up; 0.1 to 300 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong with the settings, each naming its path. While there is any, every use of the store fails (G1).</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public static StoreOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        if (!string.IsNullOrWhiteSpace(configuration["ConnectionStrings:Store"]))
        {
            problems.Add(
                "ConnectionStrings:Store names a PostgreSQL server, which this version does not speak yet. Remove it to use the SQLite file of Store:Path.");
        }

        var section = configuration.GetSection(Section);
        foreach (var unknown in section.GetChildren().Where(child => child.Key is not (nameof(Path) or nameof(BusyTimeout))))
        {
            problems.Add($"{unknown.Path} is not a setting; known here are {nameof(BusyTimeout)}, {nameof(Path)}.");
        }

        return new StoreOptions
        {
            Path = PathFrom(section[nameof(Path)], problems),
            BusyTimeout = BusyTimeoutFrom(section[nameof(BusyTimeout)], problems),
            Problems = problems,
        };
    }

    private static string PathFrom(string? text, List<string> problems)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (string.IsNullOrWhiteSpace(text))
        {
            // The base directory specification says to ignore a relative value.
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { } xdg && System.IO.Path.IsPathRooted(xdg) ? xdg
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : home.Length > 0 ? System.IO.Path.Combine(home, ".local", "state")
                : "";
            if (state.Length > 0)
            {
                return System.IO.Path.Combine(state, "sre-agent", "sre-agent.db");
            }

            problems.Add("Store:Path is required, because neither XDG_STATE_HOME nor HOME says where this user keeps state.");
            return "";
        }

        text = text.Trim();
        return System.IO.Path.GetFullPath(text.StartsWith("~/", StringComparison.Ordinal) ? System.IO.Path.Combine(home, text[2..]) : text);
    }

    private static TimeSpan BusyTimeoutFrom(string? text, List<string> problems)
    {
        var fallback = new StoreOptions().BusyTimeout;
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout.TotalSeconds is >= LeastSeconds and <= MostSeconds)
        {
            return timeout;
        }

        problems.Add($"Store:BusyTimeout must be a time from 00:00:00.1 to 00:05:00, such as 00:00:10, not '{text}'.");
        return fallback;
    }
}
