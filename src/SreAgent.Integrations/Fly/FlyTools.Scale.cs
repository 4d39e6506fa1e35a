using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Machines;

namespace SreAgent.Integrations.Fly;

/// <summary>More, fewer, larger or smaller machines.</summary>
internal sealed partial class FlyTools
{
    private const int MostMachines = 100;

    [SreTool("fly_scale", ToolEffect.Change, Plan = nameof(PlanScaleAsync), Verify = nameof(VerifyScaleAsync), Resumable = true)]
    [Description("Sets how many machines a service has, in a region or in all, or their size. Takes away only machines without volumes. Needs a human's approval.")]
    public async Task<ToolResult> ScaleAsync(
        string service, ChangeExecution change, IProgress<string> progress, int? count = null, [Description("Such as shared-cpu-2x")] string? size = null, int? memory_mb = null, string? region = null,
        CancellationToken cancellationToken = default)
    {
        var (wish, machines) = await WishAsync(service, count, size, memory_mb, region, cancellationToken);
        var done = await operations.Scaling.RunAsync(wish, await PoolAsync(wish.App, machines.Count, cancellationToken), change, progress, cancellationToken);
        return Done(wish.App, done);
    }

    public async Task<ChangePlan> PlanScaleAsync(
        string service, IProgress<string> progress, int? count = null, string? size = null, int? memory_mb = null, string? region = null, CancellationToken cancellationToken = default)
    {
        var (wish, machines) = await WishAsync(service, count, size, memory_mb, region, cancellationToken);
        return OperationPlans.Scale(wish, await LookAsync(wish.App, cancellationToken), machines);
    }

    public async Task<Verification> VerifyScaleAsync(
        string service, int? count = null, string? size = null, int? memory_mb = null, string? region = null, CancellationToken cancellationToken = default)
    {
        var (wish, machines) = await WishAsync(service, count, size, memory_mb, region, cancellationToken);
        var there = machines.Count(wish.Counts);
        var other = machines.Where(machine => wish.Size is { } wanted && machine.Size() != wanted.ToString()).Select(machine => $"{machine.Id} is {machine.Size()}").ToArray();
        return Verification.Of(
        [
            .. wish.Count is { } most ? [Check("number", there == most, $"{there} machines{(region is null ? "" : $" in {region}")}, {most} wanted.")] : Array.Empty<VerificationCheck>(),
            .. wish.Size is { } resized ? [Check("size", other.Length == 0, other.Length == 0 ? $"All are {resized}." : $"{string.Join(", ", other)}; {resized} wanted.")] : Array.Empty<VerificationCheck>(),
            Healthy(machines),
        ]);
    }

    private async Task<(ScaleWish Wish, IReadOnlyList<FlyMachine> Machines)> WishAsync(string service, int? count, string? size, int? memoryMb, string? region, CancellationToken cancellationToken)
    {
        var app = apps.Changed(service);
        if (count is null && size is null && memoryMb is null)
        {
            throw new ToolException("Nothing is to be changed: give count, size or memory_mb.");
        }

        if (count is < 1 or > MostMachines)
        {
            throw new ToolException($"count must be from 1 to {MostMachines}; to take a service away altogether is not possible here.");
        }

        var machines = (await api.MachinesAsync(app, cancellationToken)).OfApplication();
        return (new ScaleWish(app, count, SizeOf(size, memoryMb, machines), region), machines);
    }

    private static MachineSize? SizeOf(string? size, int? memoryMb, IReadOnlyList<FlyMachine> machines)
    {
        if (size is not null)
        {
            return MachineSize.Parse(size, memoryMb);
        }

        if (memoryMb is not { } memory)
        {
            return null;
        }

        var sizes = machines.Select(machine => MachineSize.FromShown(machine.Size())?.Name).Distinct(StringComparer.Ordinal).ToArray();
        return sizes is [{ } one] ? MachineSize.Parse(one, memory) : throw new ToolException("Machines are of different or unknown sizes; give size together with memory_mb.");
    }

    private async Task<int> PoolAsync(string app, int machines, CancellationToken cancellationToken) =>
        (await operations.Configurations.OfAsync(app, cancellationToken)).Effective.PoolOf(machines);

    private Task<Fleet> LookAsync(string app, CancellationToken cancellationToken) => platform.LookAsync(app, cancellationToken);

    private ToolResult.Found Done(string app, string sentence) => new(new { app, done = sentence }, Evidence($"machines of {app}", pages.App(app), []));

    private static VerificationCheck Check(string name, bool passed, string detail) => new(name, passed ? VerificationVerdict.Passed : VerificationVerdict.Failed, detail);

    private static VerificationCheck Healthy(IReadOnlyList<FlyMachine> machines)
    {
        var ill = machines.Select(FlyFleet.Instance).Where(instance => !instance.IsReachable || (instance.IsRunning && (instance.State != "started" || instance.Checks.Any(check => !check.IsPassing)))).ToArray();
        return Check("machines", ill.Length == 0 && machines.Count > 0, ill.Length == 0 ? $"{machines.Count} machines are well." : $"Not well: {string.Join(", ", ill.Select(instance => $"{instance.Id} ({instance.State})"))}.");
    }
}
