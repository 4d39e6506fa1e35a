using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <inheritdoc cref="IRollouts"/>
internal sealed class RolloutEngine(RolloutPlanner planner, RolloutExecution execution, RolloutVerification verification) : IRollouts
{
    public Task<ChangePlan> PlanAsync(RolloutWish wish, IRolloutPlatform platform, IProgress<string> progress, CancellationToken cancellationToken) =>
        planner.PlanAsync(wish, platform, progress, cancellationToken);

    public Task<ToolResult> ExecuteAsync(
        RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken) =>
        execution.ExecuteAsync(wish, platform, change, progress, cancellationToken);

    public Task<Verification> VerifyAsync(
        RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken) =>
        verification.VerifyAsync(wish, platform, change, progress, cancellationToken);
}
