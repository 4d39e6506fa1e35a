using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>A way to bring an image onto the machines of an application.</summary>
internal interface IFlyExecutor
{
    /// <summary>As <c>Integrations:Fly:Executor</c> calls it.</summary>
    FlyExecutor Kind { get; }

    /// <summary>What does it, with its version; null when it is not to be had here.</summary>
    Task<string?> NameAsync(CancellationToken cancellationToken);

    /// <summary>What it cannot do right, or can.</summary>
    IReadOnlyList<PreflightCheck> Checks(FlyRollout rollout);

    /// <summary>What the approver should know of this way of doing it.</summary>
    IReadOnlyList<PlanFact> Facts(FlyRollout rollout);

    /// <summary>Whether one of these steps is its own: a change is finished by the executor that began it.</summary>
    bool Began(IReadOnlyList<ChangeStep> steps);

    /// <summary>As <see cref="IRolloutPlatform.ApplyAsync"/>.</summary>
    Task<string> ApplyAsync(FlyRollout rollout, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <param name="Machines">The application's, as they are now.</param>
/// <param name="Strategy">The one that will be used.</param>
internal sealed record FlyRollout(RolloutOrder Order, IReadOnlyList<FlyMachine> Machines, AppConfiguration Configuration, string Strategy);
