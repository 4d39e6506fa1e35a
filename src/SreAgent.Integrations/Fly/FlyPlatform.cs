using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>Fly as deploys and rollbacks see it.</summary>
/// <param name="executors">In the order they are preferred.</param>
internal sealed class FlyPlatform(
    IFlyMachinesApi machines,
    IFlyWebApi web,
    IFlyRegistry registry,
    AppConfigurations configurations,
    IReadOnlyList<IFlyExecutor> executors,
    FlyOptions options,
    TimeProvider clock) : IRolloutPlatform
{
    /// <summary>The plan's fact that says what will carry it out.</summary>
    public const string ExecutorFact = "executor";

    private const int Releases = 25;

    private readonly FlyLogReader _logs = new(web);

    public string Name => "fly";

    public async Task<Fleet> LookAsync(string app, CancellationToken cancellationToken)
    {
        var releases = web.ReleasesAsync(app, Releases, cancellationToken);
        var found = machines.MachinesAsync(app, cancellationToken);
        await Task.WhenAll(releases, found);
        return FlyFleet.From(app, await releases, (await found).OfApplication(), clock.GetUtcNow());
    }

    public async Task<ImageDescription?> FindImageAsync(string app, string image, CancellationToken cancellationToken)
    {
        if (FlyImageName.Read(app, image) is { } named)
        {
            if (await DescribeAsync(named, cancellationToken) is { } described)
            {
                return described;
            }
        }

        // People also say a release's name where they mean its image.
        var release = (await web.ReleasesAsync(app, Releases, cancellationToken)).FirstOrDefault(release => string.Equals(FlyFleet.ReleaseName(release.Version), image, StringComparison.OrdinalIgnoreCase));
        return release is not null && ImageReference.TryParse(release.ImageRef ?? "", out var released) ? await DescribeAsync(released!, cancellationToken) : null;
    }

    public async Task<RolloutMethod> MethodAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        var rollout = await RolloutAsync(order, cancellationToken);
        var (executor, name) = await ChooseAsync(cancellationToken);
        return new RolloutMethod(
            name,
            rollout.Strategy,
            [new PlanFact(ExecutorFact, name) { IsMinor = true }, new PlanFact("strategy", StrategyFacts.Explain(rollout.Strategy)), .. rollout.Configuration.Facts(), .. executor.Facts(rollout)],
            [Reachable(rollout), .. rollout.Configuration.Checks(), .. executor.Checks(rollout)]);
    }

    public async Task<string> ApplyAsync(RolloutOrder order, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var steps = await change.Steps.ListAsync(cancellationToken);
        var rollout = await RolloutAsync(order, cancellationToken);
        var executor = executors.FirstOrDefault(one => one.Began(steps));
        if (executor is null)
        {
            (executor, var name) = await ChooseAsync(cancellationToken);
            var approved = change.Plan.Facts.FirstOrDefault(fact => fact.Name == ExecutorFact)?.Detail;
            if (approved is not null && !string.Equals(approved, name, StringComparison.Ordinal))
            {
                throw new ToolException($"The plan that was approved says that {approved} carries it out, but now it would be {name}. Nothing was touched; ask anew.");
            }

            var against = executor.Checks(rollout).Prepend(Reachable(rollout)).Where(check => !check.Passed).ToArray();
            if (against.Length > 0)
            {
                throw new ToolException($"Nothing was touched: {string.Join(' ', against.Select(check => $"{check.Name}: {check.Detail}"))}");
            }
        }

        return await executor.ApplyAsync(rollout, change, progress, cancellationToken);
    }

    public async Task<IReadOnlyList<LogLine>> LogsAsync(string app, TimeRange range, int limit, CancellationToken cancellationToken) =>
        (await _logs.ReadAsync(app, range, new LogFilter(), limit, cancellationToken)).Lines;

    public Remedy RollbackCall(string service, Release release, bool automatic) => new(
        "fly_rollback",
        JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["service"] = service,
            ["to"] = release.Id,
            ["reason"] = "The deploy or its verification failed.",
        }),
        automatic);

    private static PreflightCheck Reachable(FlyRollout rollout)
    {
        var hidden = rollout.Machines.Where(machine => !machine.IsReachable()).Select(machine => $"{machine.Id} (host {machine.HostStatus ?? "unknown"})").ToArray();
        return rollout.Machines.Count == 0
            ? new PreflightCheck("machines", Passed: false, $"{rollout.Order.App} has no machine to change.")
            : new PreflightCheck("machines", hidden.Length == 0, hidden.Length == 0 ? $"All {rollout.Machines.Count} are on hosts that answer." : $"Cannot be changed now: {string.Join(", ", hidden)}.");
    }

    private async Task<FlyRollout> RolloutAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        var configuration = configurations.OfAsync(order.App, cancellationToken);
        var found = machines.MachinesAsync(order.App, cancellationToken);
        await Task.WhenAll(configuration, found);
        return new FlyRollout(order, (await found).OfApplication(), await configuration, order.Strategy ?? (await configuration).Effective.Strategy ?? StrategyFacts.Usual);
    }

    private async Task<(IFlyExecutor Executor, string Name)> ChooseAsync(CancellationToken cancellationToken)
    {
        foreach (var executor in executors.Where(executor => options.Executor == FlyExecutor.Auto || executor.Kind == options.Executor))
        {
            if (await executor.NameAsync(cancellationToken) is { } name)
            {
                return (executor, name);
            }
        }

        throw new ToolException($"flyctl is not to be had here, and {FlyOptions.Section}:Executor asks for it. Install it, set {FlyOptions.Section}:Flyctl to its path, or set Executor to auto. Nothing was touched.");
    }

    private async Task<ImageDescription?> DescribeAsync(ImageReference image, CancellationToken cancellationToken)
    {
        if (!string.Equals(image.Registry, FlyOptions.RegistryHost, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(image.Registry, options.Registry?.BaseUrl.Authority, StringComparison.OrdinalIgnoreCase))
        {
            throw new ToolException($"{image} is not in Fly's registry, the only one that can be asked here whether an image exists. Push it to {FlyOptions.RegistryHost} and name it there.");
        }

        return await registry.FindAsync(image.Repository, image.Digest ?? image.Tag ?? "latest", cancellationToken) is { } found
            ? new ImageDescription(image with { Digest = found.Digest }, found.Labels)
            : null;
    }
}
