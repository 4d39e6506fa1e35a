using System.Text.Json.Nodes;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly.State;

/// <summary>A machine: one place to run, and every configuration it has had. Read and changed only under the world's lock.</summary>
internal sealed class FlyMachine(string id, string app, string name, string region, FlyMachineVersion first, DateTimeOffset createdAt)
{
    private readonly List<FlyMachineVersion> _versions = [first];
    private readonly List<FlyMachineEvent> _events = [];

    public string Id => id;

    public string App => app;

    public string Name { get; set; } = name;

    public string Region => region;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    public FlyMachineVersion Current { get; private set; } = first;

    /// <summary>In the vendor's words.</summary>
    public string State { get; private set; } = "created";

    public bool IsCordoned { get; set; }

    /// <summary>What it goes through at present, or went through last; the next waits for its end.</summary>
    public Task Transition { get; set; } = Task.CompletedTask;

    public FlyLease? Lease { get; set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FlyMachineVersion> Versions => _versions;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<FlyMachineEvent> Events => _events;

    public bool IsDestroyed => State is "destroyed";

    /// <summary>Not on its way from one state to another.</summary>
    public bool IsSettled => State is "created" or "started" or "stopped" or "suspended" or "failed" or "destroyed";

    public void Take(FlyMachineVersion version)
    {
        _versions.Add(version);
        Current = version;
    }

    /// <summary>Runs an earlier version again, because the newest could not be.</summary>
    public void GoBackTo(FlyMachineVersion version) => Current = version;

    /// <param name="event">What happened: launch, update, start, exit, …</param>
    /// <param name="source"><c>user</c> or <c>flyd</c>.</param>
    public void Enter(string state, string @event, string source, DateTimeOffset at)
    {
        State = state;
        UpdatedAt = at;
        _events.Add(new FlyMachineEvent(FlyIds.Ulid(at), @event, state, source, at));
    }
}

/// <param name="InstanceId">A ULID.</param>
/// <param name="Configuration">As it was sent, whole.</param>
/// <param name="Reference">As the configuration names the image.</param>
/// <param name="Image">What that meant at the time.</param>
internal sealed record FlyMachineVersion(string InstanceId, JsonObject Configuration, string Reference, LabImage Image);

internal sealed record FlyMachineEvent(string Id, string Type, string Status, string Source, DateTimeOffset At);

/// <param name="Owner">Whoever took it.</param>
internal sealed record FlyLease(string Nonce, string Owner, string Description, DateTimeOffset ExpiresAt);
