using System.Text.Json;

namespace SreAgent.Lab.GitHub.State;

internal sealed class DeploymentState(long id, string sha, string reference, string environment, string creator, DateTimeOffset createdAt)
{
    public long Id => id;

    public string Sha => sha;

    public string Ref => reference;

    public string Environment => environment;

    public string Creator => creator;

    public DateTimeOffset CreatedAt => createdAt;

    public string Task { get; init; } = "deploy";

    public string? Description { get; init; }

    /// <summary>An object or a text, as given.</summary>
    public JsonElement Payload { get; init; }

    public bool IsTransient { get; init; }

    public bool IsProduction { get; init; }

    /// <summary>Oldest first.</summary>
    public List<DeploymentStatusState> Statuses { get; } = [];
}

internal sealed record DeploymentStatusState(
    long Id, string State, string Description, string Environment, string LogUrl, string EnvironmentUrl, string Creator, DateTimeOffset At);
