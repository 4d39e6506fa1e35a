using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Fly;

/// <summary>Deploys and rollbacks: the whole of them is the engine's, Fly only says how an image gets onto its machines.</summary>
internal sealed partial class FlyTools
{
    [SreTool("fly_deploy", ToolEffect.Change, Plan = nameof(PlanDeployAsync), Verify = nameof(VerifyDeployAsync), Resumable = true)]
    [Description("Deploys an image of a service, then verifies. Needs a human's approval. To go back use fly_rollback.")]
    public Task<ToolResult> DeployAsync(
        string service, [Description("Tag or reference")] string image, ChangeExecution change, IProgress<string> progress, FlyStrategy? strategy = null, bool rollback_on_failure = false,
        [Prose] string reason = "", CancellationToken cancellationToken = default) =>
        rollouts.ExecuteAsync(Deploy(service, image, strategy, rollback_on_failure, reason), platform, change, progress, cancellationToken);

    public Task<ChangePlan> PlanDeployAsync(
        string service, string image, IProgress<string> progress, FlyStrategy? strategy = null, bool rollback_on_failure = false, string reason = "", CancellationToken cancellationToken = default) =>
        rollouts.PlanAsync(Deploy(service, image, strategy, rollback_on_failure, reason), platform, progress, cancellationToken);

    public Task<Verification> VerifyDeployAsync(
        string service, string image, ChangeExecution change, IProgress<string> progress, FlyStrategy? strategy = null, bool rollback_on_failure = false, string reason = "",
        CancellationToken cancellationToken = default) =>
        rollouts.VerifyAsync(Deploy(service, image, strategy, rollback_on_failure, reason), platform, change, progress, cancellationToken);

    [SreTool("fly_rollback", ToolEffect.Change, Plan = nameof(PlanRollbackAsync), Verify = nameof(VerifyRollbackAsync), Resumable = true)]
    [Description("Deploys an earlier release's image again (by default the last complete other one), then verifies. Not configuration, secrets or schema. Needs a human's approval.")]
    public Task<ToolResult> RollbackAsync(
        string service, ChangeExecution change, IProgress<string> progress, [Description("Release, such as v42")] string? to = null, [Prose] string reason = "", CancellationToken cancellationToken = default) =>
        rollouts.ExecuteAsync(Rollback(service, to, reason), platform, change, progress, cancellationToken);

    public Task<ChangePlan> PlanRollbackAsync(string service, IProgress<string> progress, string? to = null, string reason = "", CancellationToken cancellationToken = default) =>
        rollouts.PlanAsync(Rollback(service, to, reason), platform, progress, cancellationToken);

    public Task<Verification> VerifyRollbackAsync(
        string service, ChangeExecution change, IProgress<string> progress, string? to = null, string reason = "", CancellationToken cancellationToken = default) =>
        rollouts.VerifyAsync(Rollback(service, to, reason), platform, change, progress, cancellationToken);

    private RolloutWish Deploy(string service, string image, FlyStrategy? strategy, bool rollBackOnFailure, string reason) => new()
    {
        Service = service,
        App = apps.Changed(service),
        IsRollback = false,
        To = image,
        Strategy = strategy?.ToString().ToLowerInvariant(),
        RollBackOnFailure = rollBackOnFailure,
        Reason = reason,
    };

    private RolloutWish Rollback(string service, string? to, string reason) => new() { Service = service, App = apps.Changed(service), IsRollback = true, To = to, Reason = reason };
}

/// <summary>Fly's own; left out, the application's configuration decides.</summary>
internal enum FlyStrategy
{
    Rolling = 0,
    Canary,
    Bluegreen,
    Immediate,
}
