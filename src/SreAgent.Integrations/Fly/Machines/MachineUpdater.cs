using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>Changes one machine and waits until it is well. Sends an update once; what is in doubt is looked up.</summary>
internal sealed class MachineUpdater(IFlyMachinesApi api, FlyOptions options, TimeProvider clock)
{
    private const int Looks = 5;

    /// <summary>Updates a machine as it was last seen: Fly refuses when it is another by now.</summary>
    /// <param name="app">Its application.</param>
    /// <param name="seen">The machine as it was last seen.</param>
    /// <param name="config">The whole configuration it is to have.</param>
    /// <param name="runs">Whether it is to be started.</param>
    /// <param name="minSecretsVersion">The secrets it must at least get.</param>
    /// <param name="nonce">The lease.</param>
    /// <param name="isDone">Tells a machine that has been updated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The machine after it.</returns>
    public async Task<FlyMachine> UpdateAsync(
        string app, FlyMachine seen, JsonElement config, bool runs, long? minSecretsVersion, string? nonce, Func<FlyMachine, bool> isDone, CancellationToken cancellationToken)
    {
        var update = new FlyMachineUpdate(config, seen.InstanceId, runs ? null : true, minSecretsVersion);
        var (reply, lost) = await SendAsync(app, seen.Id, update, nonce, cancellationToken);
        return reply switch
        {
            { Value: { } updated } => updated,
            { Refusal: { LeavesDoubt: false } refusal } => throw new ToolException(Wording(seen, refusal)),
            _ => await LookAsync(app, seen, reply?.Refusal?.Sentence ?? lost, isDone, cancellationToken),
        };
    }

    /// <summary>Until it is started and its checks pass; a machine that is at rest only until it is there.</summary>
    /// <exception cref="ToolException">It does not get there in time, or has given up.</exception>
    public async Task WaitUntilWellAsync(string app, FlyMachine machine, bool runs, bool healthy, CancellationToken cancellationToken)
    {
        if (!runs)
        {
            return;
        }

        var until = clock.GetUtcNow() + options.WaitTimeout;
        while (true)
        {
            var reply = await api.WaitAsync(app, machine.Id, machine.InstanceId ?? "", "started", until - clock.GetUtcNow(), cancellationToken);
            if (reply.Value is { Ok: true })
            {
                break;
            }

            if (reply.Refusal is { LeavesDoubt: false } refusal)
            {
                throw new ToolException($"Machine {machine.Id} was updated but cannot be waited for: {refusal.Sentence}");
            }

            if (clock.GetUtcNow() >= until)
            {
                var now = await api.MachineAsync(app, machine.Id, cancellationToken);
                throw new ToolException($"Machine {machine.Id} did not start within {options.WaitTimeout.TotalSeconds:0} s; it is {now.State}{LastEvent(now)}.");
            }

            await Task.Delay(options.Poll, clock, cancellationToken);
        }

        while (healthy)
        {
            var now = await api.MachineAsync(app, machine.Id, cancellationToken);
            var bad = (now.Checks ?? []).Where(check => !string.Equals(check.Status, "passing", StringComparison.OrdinalIgnoreCase)).ToArray();
            if (now.State == "started" && bad.Length == 0)
            {
                return;
            }

            if (now.State is "failed" or "stopped" or "destroyed" or "launch_failed")
            {
                throw new ToolException($"Machine {machine.Id} started and then went to {now.State}{LastEvent(now)}.");
            }

            if (clock.GetUtcNow() >= until)
            {
                throw new ToolException(
                    $"Machine {machine.Id} is {now.State} but not healthy after {options.WaitTimeout.TotalSeconds:0} s: {string.Join(", ", bad.Select(check => $"{check.Name} {check.Status}"))}.");
            }

            await Task.Delay(options.Poll, clock, cancellationToken);
        }
    }

    /// <returns>The answer, or what became of it on the way.</returns>
    private async Task<(FlyReply<FlyMachine>? Reply, string Lost)> SendAsync(string app, string machine, FlyMachineUpdate update, string? nonce, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.UpdateAsync(app, machine, update, nonce, cancellationToken), "");
        }
        catch (ToolException e)
        {
            return (null, e.Message);
        }
    }

    private async Task<FlyMachine> LookAsync(string app, FlyMachine seen, string doubt, Func<FlyMachine, bool> isDone, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
        {
            var now = await api.MachineAsync(app, seen.Id, cancellationToken);
            if (!string.Equals(now.InstanceId, seen.InstanceId, StringComparison.Ordinal))
            {
                return isDone(now) ? now : throw new ToolException($"{doubt} Machine {seen.Id} was changed meanwhile to something else (version {now.InstanceId}).");
            }

            // An accepted update may need a moment to show.
            await Task.Delay(options.Poll, clock, cancellationToken);
        }

        throw new ToolException($"{doubt} Machine {seen.Id} itself is as it was (version {seen.InstanceId}); the update was not sent again.");
    }

    private static string Wording(FlyMachine seen, FlyRefusal refusal) => refusal.Status switch
    {
        HttpStatusCode.Conflict => $"Machine {seen.Id} is held or being changed by somebody else; it was not updated. {refusal.Sentence}",
        HttpStatusCode.PreconditionFailed => $"Machine {seen.Id} is not the version last seen ({seen.InstanceId}): somebody changed it meanwhile; it was not updated. {refusal.Sentence}",
        HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => $"Fly does not accept the configuration for machine {seen.Id}; it was not updated. {refusal.Sentence}",
        HttpStatusCode.TooManyRequests => $"Fly kept asking to wait, and machine {seen.Id} was not updated. {refusal.Sentence}",
        _ => $"Machine {seen.Id} was not updated. {refusal.Sentence}",
    };

    private static string LastEvent(FlyMachine machine) =>
        machine.Events?.MaxBy(one => one.Timestamp) is { } last ? $" (last event: {last.Type} {last.Status})" : "";
}
