using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>
/// Without flyctl: a rolling update of one image through the Machines API. Refuses whatever it cannot do right, and leaves no release record.
/// </summary>
internal sealed class MachinesApiExecutor(RollingUpdate rolling) : IFlyExecutor
{
    public FlyExecutor Kind => FlyExecutor.MachinesApi;

    public Task<string?> NameAsync(CancellationToken cancellationToken) => Task.FromResult<string?>("the Machines API");

    public IReadOnlyList<PreflightCheck> Checks(FlyRollout rollout)
    {
        var images = rollout.Machines.Select(machine => (machine.Group(), machine.Image()?.Repository ?? "unknown")).Distinct().ToArray();
        var repositories = images.Select(image => image.Item2).Distinct(StringComparer.Ordinal).ToArray();
        var command = rollout.Configuration.ReleaseCommand;
        var runsCommand = !rollout.Order.IsRollback && (command is not null || !rollout.Configuration.IsKnown);
        return
        [
            new PreflightCheck("strategy possible", rollout.Strategy == StrategyFacts.Usual, $"Without flyctl only {StrategyFacts.Usual} is possible; this asks for {rollout.Strategy}."),
            new PreflightCheck(
                "one image", repositories.Length <= 1 && !rollout.Machines.Any(machine => machine.HasContainers()),
                repositories.Length <= 1 ? "All machines run the same image, in one container each, or must: only that is possible without flyctl." : $"Machines run different images: {string.Join(", ", images.Select(image => $"{image.Item1} {image.Item2}"))}."),
            new PreflightCheck(
                "release command", !runsCommand,
                !runsCommand ? "None is to be run." : command is null ? $"Whether there is one could not be looked at ({rollout.Configuration.Gap}); without flyctl none is run." : $"'{command}' would have to run first, which takes flyctl."),
        ];
    }

    public IReadOnlyList<PlanFact> Facts(FlyRollout rollout) =>
    [
        new PlanFact("release record", "None is made: Fly's list of releases will not show this. Machines that were touched get their configuration back if one fails."),
        new PlanFact("at a time", $"{rollout.Configuration.Effective.PoolOf(rollout.Machines.Count)} of {rollout.Machines.Count} machines."),
    ];

    public bool Began(IReadOnlyList<ChangeStep> steps) => steps.Any(step => step.Name.StartsWith("update machine ", StringComparison.Ordinal) || step.Name == "give up the update");

    public Task<string> ApplyAsync(FlyRollout rollout, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var order = rollout.Order;
        if (order.Image.Digest is not { } digest)
        {
            throw new ToolException($"{order.Image} is not pinned by its digest. Nothing was touched.");
        }

        return rolling.RunAsync(
            order.App,
            order.Before.Instances.ToDictionary(instance => instance.Id, instance => instance.Version, StringComparer.Ordinal),
            MachineEdit.OfImage(order.Image.ToString(), digest),
            rollout.Configuration.Effective.PoolOf(rollout.Machines.Count),
            change,
            progress,
            cancellationToken);
    }
}
