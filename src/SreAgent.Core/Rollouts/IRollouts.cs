using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Rollouts;

/// <summary>
/// Deploys and rollbacks from plan to record, over any platform: the three parts of a change tool, so that a platform's tool is three
/// lines. The same questions are asked whatever the platform: what changes, is it fit to go out, did it take, did users notice.
/// </summary>
public interface IRollouts
{
    /// <summary>Everything the approver should know, looked up in parallel; what could not be looked at is said.</summary>
    Task<ChangePlan> PlanAsync(RolloutWish wish, IRolloutPlatform platform, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Carries it out and opens its records. May be entered again by another process, and then goes on.</summary>
    Task<ToolResult> ExecuteAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Looks whether it took and whether users are well, and closes its records.</summary>
    Task<Verification> VerifyAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <summary>What was asked for.</summary>
public sealed record RolloutWish
{
    /// <summary>The catalogue's name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>As the platform names the application.</summary>
    public required string App { get; init; }

    public required bool IsRollback { get; init; }

    /// <summary>As it was asked for: a tag, a reference; for a rollback a release id. Absent only for a rollback: to where it goes by default.</summary>
    public string? To { get; init; }

    /// <summary>Absent means what the application's own configuration says.</summary>
    public string? Strategy { get; init; }

    /// <summary>Approving the deploy also approves rolling it back, once, should it fail (G10).</summary>
    public bool RollBackOnFailure { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string Reason { get; init; } = "";
}
