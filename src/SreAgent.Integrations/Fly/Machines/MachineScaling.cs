using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>What is wanted of an application's machines; what is absent stays.</summary>
/// <param name="Count">How many, in the region or in all.</param>
/// <param name="Size">Of every machine.</param>
internal sealed record ScaleWish(string App, int? Count, MachineSize? Size, string? Region)
{
    public bool Counts(FlyMachine machine) => Region is null || string.Equals(machine.Region, Region, StringComparison.Ordinal);

    /// <summary>Those to take away: at rest first, then of the fullest region. Only ones that hold nothing of their own.</summary>
    public IReadOnlyList<FlyMachine> Surplus(IReadOnlyList<FlyMachine> machines)
    {
        var there = machines.Where(Counts).ToArray();
        var crowd = there.CountBy(machine => machine.Region ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return Count is { } count && there.Length > count
            ? [.. there.OrderBy(machine => machine.IsMeantToRun()).ThenByDescending(machine => crowd[machine.Region ?? ""]).ThenByDescending(machine => machine.Id, StringComparer.Ordinal).Take(there.Length - count)]
            : [];
    }

    public int Missing(IReadOnlyList<FlyMachine> machines) => Math.Max(0, (Count ?? 0) - machines.Count(Counts));
}

/// <summary>Resizes, adds and takes away machines, each one a step.</summary>
internal sealed class MachineScaling(IFlyMachinesApi api, RollingUpdate rolling, MachineUpdater updater)
{
    private const string Decision = "decide on machines";

    public async Task<string> RunAsync(ScaleWish wish, int pool, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var done = new List<string>();
        if (wish.Size is { } size)
        {
            done.Add(await rolling.RunAsync(wish.App, before: null, MachineEdit.OfSize(size), pool, change, progress, cancellationToken));
        }

        if (wish.Count is not null)
        {
            // Settled once: after a resume some are added already, and the difference would be another.
            var machines = (await api.MachinesAsync(wish.App, cancellationToken)).OfApplication();
            var decided = $"{wish.Missing(machines)}|{string.Join(',', wish.Surplus(machines).Select(machine => machine.Id))}";
            var parts = (await change.Steps.OnceAsync(Decision, decided, _ => Task.FromResult(decided), (recorded, _) => Task.FromResult(recorded), cancellationToken)).Split('|');
            var add = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
            for (var i = 1; i <= add; i++)
            {
                done.Add(await AddAsync(wish, i, change, progress, cancellationToken));
            }

            foreach (var machine in parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                done.Add(await RemoveAsync(wish.App, machine, change, progress, cancellationToken));
            }
        }

        return string.Join(' ', done);
    }

    private Task<string> AddAsync(ScaleWish wish, int number, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var name = NameOf(change.Id, number);
        return change.Steps.OnceAsync($"add machine {number}", name, ActAsync, SettleAsync, cancellationToken);

        async Task<string> ActAsync(CancellationToken token)
        {
            var machines = (await api.MachinesAsync(wish.App, token)).OfApplication();
            var model = machines.OrderByDescending(wish.Counts).ThenByDescending(machine => machine.IsMeantToRun()).First(machine => machine.IsReachable() && !machine.HasMounts());
            var region = wish.Region ?? machines.GroupBy(machine => machine.Region ?? "", StringComparer.Ordinal).OrderBy(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;
            progress.Report($"Adding machine {number} in {region}.");
            var reply = await api.CreateAsync(wish.App, new FlyMachineUpdate(model.Config!.Value, Region: region, Name: name), token);
            return await WellAsync(reply.OrThrow(), token);
        }

        async Task<string> SettleAsync(string recorded, CancellationToken token) =>
            (await api.MachinesAsync(wish.App, token)).FirstOrDefault(machine => string.Equals(machine.Name, recorded, StringComparison.Ordinal)) is { } made
                ? await WellAsync(made, token)
                : await ActAsync(token);

        async Task<string> WellAsync(FlyMachine made, CancellationToken token)
        {
            await updater.WaitUntilWellAsync(wish.App, made, runs: true, healthy: true, token);
            return $"Added {made.Id} in {made.Region}.";
        }
    }

    private Task<string> RemoveAsync(string app, string machine, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        return change.Steps.OnceAsync($"remove machine {machine}", machine, ActAsync, (_, token) => ActAsync(token), cancellationToken);

        async Task<string> ActAsync(CancellationToken token)
        {
            var now = (await api.MachinesAsync(app, token)).OfApplication().FirstOrDefault(one => one.Id == machine);
            if (now is null)
            {
                return $"{machine} is gone.";
            }

            if (now.HasMounts())
            {
                throw new ToolException($"Machine {machine} has a volume of its own now; it was left alone.");
            }

            progress.Report($"Taking {machine} in {now.Region} away.");
            var reply = await api.DestroyAsync(app, machine, nonce: null, token);
            return reply.Refusal is null or { Status: System.Net.HttpStatusCode.NotFound } ? $"{machine} is gone." : throw reply.Refusal.ToException();
        }
    }

    /// <summary>Says which change made it, so that a process that takes over recognises it.</summary>
    private static string NameOf(ChangeRequestId change, int number) =>
        $"sre-{new string([.. change.Value.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')])}-{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
