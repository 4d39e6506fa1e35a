using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly.State;

/// <summary>
/// Everything the simulated Fly knows, under one lock; and a signal for whoever waits for it to change. What takes time (starting and
/// stopping services) happens outside the lock, and is awaited when the world ends.
/// </summary>
internal sealed class FlyWorld(FlySeed seed, IFleetHost fleet, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Held while anything below is read or changed.</summary>
    public Lock Access { get; } = new();

    public FlySeed Seed => seed;

    public IFleetHost Fleet => fleet;

    public TimeProvider Clock => clock;

    public FlyFaults Faults { get; } = new();

    public FlyRegistry Registry { get; } = new(seed.Apps.SelectMany(app => app.Images));

    public SortedDictionary<string, FlyApplication> Apps { get; } = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change. Take it before looking, else a change in between is missed.</summary>
    public Task NextChange => _changed.Task;

    public FlyApplication App(string name) =>
        Apps.GetValueOrDefault(name) ?? throw FlyRefusalException.NotFound($"app '{name}' not found");

    public FlyMachine Machine(string app, string id) =>
        App(app).Machines.Find(machine => string.Equals(machine.Id, id, StringComparison.Ordinal))
        ?? throw new FlyRefusalException(404, $"invalid machine ID, '{id}'");

    /// <summary>Tells whoever waits. Call it under the lock.</summary>
    public void Signal()
    {
        var before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }

    /// <summary>
    /// Begins work on a machine that goes on after its request was answered; a machine goes through one thing after the other. Call it under
    /// the lock.
    /// </summary>
    public void Begin(FlyMachine machine, Func<CancellationToken, Task> transition)
    {
        var before = machine.Transition;
        machine.Transition = Task.Run(
            async () =>
            {
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await transition(_end.Token);
            },
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] open;
        lock (Access)
        {
            open = [.. Apps.Values.SelectMany(app => app.Machines).Select(machine => machine.Transition)];
        }

        try
        {
            await Task.WhenAll(open);
        }
        catch (OperationCanceledException)
        {
            // That is how the open ones end.
        }

        _end.Dispose();
    }
}
