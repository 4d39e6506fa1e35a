using SreAgent.Core.Time;
using SreAgent.Core.Toml;

namespace SreAgent.Integrations.Fly.Toml;

/// <summary>
/// What a deploy needs to know of an application's configuration: fly.toml, or the definition a release keeps of it, which has the same
/// names. Everything else in it is left alone.
/// </summary>
internal sealed record FlyToml
{
    public string? App { get; init; }

    public string? PrimaryRegion { get; init; }

    /// <summary>rolling, canary, bluegreen or immediate. Absent means Fly's default, rolling.</summary>
    public string? Strategy { get; init; }

    /// <summary>From 1 on a number of machines, below 1 a share of them. Absent means a third.</summary>
    public double? MaxUnavailable { get; init; }

    public TimeSpan? WaitTimeout { get; init; }

    /// <summary>Runs on a machine of its own before any other is touched: most often a migration.</summary>
    public string? ReleaseCommand { get; init; }

    public TimeSpan? ReleaseCommandTimeout { get; init; }

    public string? Image { get; init; }

    /// <summary>Names of the process groups. Empty means the one called <c>app</c>.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>Where volumes are mounted.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>How many health checks there are, of the application and of its services.</summary>
    public int Checks { get; init; }

    /// <summary>What is wrong, each with its line; empty when it will do.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>A text that is not TOML comes back with that as its only problem.</summary>
    public static FlyToml Parse(string text)
    {
        try
        {
            return Read(TomlReader.Read(text));
        }
        catch (TomlException e)
        {
            return new FlyToml { Problems = [e.Message] };
        }
    }

    public static FlyToml Read(TomlTable root)
    {
        var reader = new FlyTomlReader(root);
        var deploy = reader.Table(root, "deploy");
        var toml = new FlyToml
        {
            App = reader.Text(root, "app"),
            PrimaryRegion = reader.Text(root, "primary_region"),
            Strategy = deploy is null ? null : reader.Strategy(deploy),
            MaxUnavailable = deploy is null ? null : reader.Positive(deploy, "max_unavailable"),
            WaitTimeout = deploy is null ? null : reader.Duration(deploy, "wait_timeout"),
            ReleaseCommand = deploy is null ? null : reader.Text(deploy, "release_command"),
            ReleaseCommandTimeout = deploy is null ? null : reader.Duration(deploy, "release_command_timeout"),
            Image = reader.Table(root, "build") is { } build ? reader.Text(build, "image") : null,
            Processes = reader.Table(root, "processes")?.Names ?? [],
            Mounts = [.. reader.Tables(root, "mounts", "mount").Select(mount => reader.Required(mount, "destination", "mounts"))],
            Checks = reader.Checks(),
        };
        reader.CheckGroups(toml.Processes);
        reader.CheckEnvironment();
        if (toml is { Strategy: "bluegreen" or "canary", Mounts.Count: > 0 })
        {
            reader.Problem(deploy!["strategy"]!, $"strategy '{toml.Strategy}' cannot be used with [mounts]: a volume belongs to one machine");
        }

        if (toml is { Strategy: "bluegreen", Checks: 0 })
        {
            reader.Problem(deploy!["strategy"]!, "strategy 'bluegreen' needs at least one health check to know when to switch");
        }

        return toml with { Problems = reader.Problems };
    }

    /// <summary>As many machines as may be away at once, of so many.</summary>
    public int PoolOf(int machines) =>
        Math.Clamp(MaxUnavailable is >= 1 and { } count ? (int)count : (int)Math.Ceiling(machines * (MaxUnavailable ?? 0.33)), 1, 8);

    public override string ToString() =>
        $"strategy {Strategy ?? "rolling (default)"}, max_unavailable {MaxUnavailable?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "a third (default)"}, "
        + $"release_command {(ReleaseCommand is null ? "none" : $"'{ReleaseCommand}'")}, wait_timeout {(WaitTimeout is { } wait ? TimeExpression.Format(wait) : "5m (default)")}";
}
