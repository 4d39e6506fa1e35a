using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly;

/// <summary>What the simulated Fly holds when it starts.</summary>
public sealed record FlySeed
{
    /// <summary>The organization's slug.</summary>
    public string Organization { get; init; } = "lab";

    public required IReadOnlyList<FlySeedApp> Apps { get; init; }

    /// <summary>The one token it takes, without its scheme.</summary>
    public string Token { get; init; } = "fm2_lab-practice-token";

    /// <summary>Whose token that is; releases and leases carry the name.</summary>
    public string User { get; init; } = "agent@lab.example";

    /// <summary>
    /// Whether it refuses more than one request a second, action and machine, with bursts of three, as the vendor does. Turn it off only
    /// where a test is about something else.
    /// </summary>
    public bool LimitsRequests { get; init; } = true;

    /// <summary>How long fetching an image takes when a machine is replaced, before its service is started.</summary>
    public TimeSpan Pull { get; init; } = TimeSpan.FromMilliseconds(150);
}

/// <summary>An application with its history.</summary>
public sealed record FlySeedApp
{
    public required string Name { get; init; }

    /// <summary>What its repository in the registry holds.</summary>
    public required IReadOnlyList<LabImage> Images { get; init; }

    /// <summary>Oldest first; its machines run the last complete one.</summary>
    public required IReadOnlyList<FlySeedRelease> Releases { get; init; }

    /// <summary>One started machine for each entry.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The port its service listens on inside the machine; only its configuration says so.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Names and values; values are never given out.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<FlySeedVolume> Volumes { get; init; } = [];

    /// <summary>Host names with an issued certificate.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];
}

/// <param name="Tag">The image's tag, among the application's images.</param>
/// <param name="By">E-mail address of whoever made it.</param>
/// <param name="Status">running, complete, failed or interrupted.</param>
public sealed record FlySeedRelease(string Tag, DateTimeOffset At, string By, string Status = "complete");

/// <param name="SizeGb">Whole gigabytes.</param>
public sealed record FlySeedVolume(string Name, string Region, int SizeGb);
