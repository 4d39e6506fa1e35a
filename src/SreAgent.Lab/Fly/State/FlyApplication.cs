using System.Text.Json.Nodes;

namespace SreAgent.Lab.Fly.State;

/// <summary>An application with its machines and releases. Read and changed only under the world's lock.</summary>
internal sealed class FlyApplication(string name)
{
    private readonly List<FlyRelease> _releases = [];

    public string Name => name;

    public string Id { get; } = FlyIds.Hash(name)[..17];

    /// <summary>In the order they were made.</summary>
    public List<FlyMachine> Machines { get; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FlyRelease> Releases => _releases;

    public SortedDictionary<string, FlySecret> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts every change of any secret.</summary>
    public int SecretsVersion { get; set; }

    public List<FlyVolume> Volumes { get; } = [];

    public List<FlyCertificate> Certificates { get; } = [];

    /// <param name="definition">fly.toml as the release keeps it. Absent: the one before's.</param>
    public FlyRelease Release(string image, string strategy, string user, string status, DateTimeOffset at, JsonObject? definition = null)
    {
        var version = _releases.Count + 1;
        var release = new FlyRelease(FlyIds.Hash($"{name} v{version} {at:O}")[..16], name, version, image, strategy, user, at)
        {
            Status = status,
            Definition = definition ?? (_releases.Count > 0 ? _releases[^1].Definition : []),
        };
        _releases.Add(release);
        return release;
    }
}

/// <param name="image">As it was named when the release was made.</param>
/// <param name="strategy">ROLLING, CANARY, …</param>
internal sealed class FlyRelease(string id, string app, int version, string image, string strategy, string user, DateTimeOffset createdAt)
{
    public string Id => id;

    public string App => app;

    public int Version => version;

    public string Image => image;

    public string Strategy => strategy;

    public string User => user;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>fly.toml in JSON.</summary>
    public required JsonObject Definition { get; init; }

    /// <summary>pending, running, complete, failed or interrupted.</summary>
    public required string Status { get; set; }

    public bool IsInProgress => Status is "pending" or "running";

    public bool IsStable => Status is "complete";
}

internal sealed record FlySecret(string Name, string Value, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Digest { get; } = FlyIds.Hash(Value)[..16];
}

internal sealed record FlyVolume(string Id, string Name, string Region, int SizeGb, string? MachineId, DateTimeOffset CreatedAt);

internal sealed record FlyCertificate(string HostName, DateTimeOffset CreatedAt);
