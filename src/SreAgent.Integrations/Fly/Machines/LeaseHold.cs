using System.Collections.Concurrent;
using System.Net;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>
/// Machines held for one change: nobody else can change them meanwhile. The leases are short and kept up in the background, so that a
/// process that dies does not block anybody for long.
/// </summary>
internal sealed class LeaseHold : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly IFlyMachinesApi _api;
    private readonly string _app;
    private readonly FlyLeaseRequest _request;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, string> _nonces = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private Task _keeping = Task.CompletedTask;

    private LeaseHold(IFlyMachinesApi api, string app, ChangeRequestId change, TimeProvider clock) =>
        (_api, _app, _request, _clock) = (api, app, new FlyLeaseRequest((int)Life.TotalSeconds, $"sre-agent {change.Value}"), clock);

    /// <summary>Cancelled when a lease was taken from us: nothing more may be sent under it.</summary>
    public CancellationToken Lost => _lost.Token;

    public string? this[string machine] => _nonces.GetValueOrDefault(machine);

    /// <summary>All of them or none.</summary>
    /// <exception cref="ToolException">Somebody else holds one; says who.</exception>
    public static async Task<LeaseHold> TakeAsync(
        IFlyMachinesApi api, string app, IEnumerable<string> machines, ChangeRequestId change, TimeProvider clock, TimeSpan poll, CancellationToken cancellationToken)
    {
        var hold = new LeaseHold(api, app, change, clock);
        try
        {
            foreach (var machine in machines)
            {
                await hold.TakeAsync(machine, poll, cancellationToken);
            }
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }

        hold._keeping = hold.KeepAsync();
        return hold;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        foreach (var (machine, nonce) in _nonces)
        {
            try
            {
                await _api.ReleaseAsync(_app, machine, nonce, CancellationToken.None);
            }
            catch (ToolException)
            {
                // It runs out by itself.
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task TakeAsync(string machine, TimeSpan poll, CancellationToken cancellationToken)
    {
        var until = _clock.GetUtcNow() + Life + (2 * poll);
        while (true)
        {
            var reply = await _api.LeaseAsync(_app, machine, _request, nonce: null, cancellationToken);
            if (reply.Value is { Nonce: { Length: > 0 } nonce })
            {
                _nonces[machine] = nonce;
                return;
            }

            if (reply.Refusal is not { Status: HttpStatusCode.Conflict } refusal)
            {
                throw new ToolException($"Machine {machine} could not be leased, so nothing was sent to any. {reply.Refusal?.Sentence ?? "Fly gave no nonce."}");
            }

            var holder = (await _api.LeaseAsync(_app, machine, cancellationToken)).Value;
            if (holder?.Description != _request.Description || _clock.GetUtcNow() >= until)
            {
                throw new ToolException(
                    $"Machine {machine} is held by {(holder?.Owner is { Length: > 0 } owner ? owner : "somebody else")}"
                    + $"{(holder?.Description is { Length: > 0 } why ? $" ({why})" : "")}{(holder?.ExpiresAt > 0 ? $" until {DateTimeOffset.FromUnixTimeSeconds(holder.ExpiresAt):u}" : "")}: "
                    + $"another deploy is probably under way. Nothing was sent to any machine. Fly says: {refusal.Reason}.")
                {
                    Retryable = true,
                };
            }

            // Our own, of a process that died: it runs out.
            await Task.Delay(poll, _clock, cancellationToken);
        }
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(Life / 3, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var (machine, nonce) in _nonces)
                {
                    await KeepAsync(machine, nonce);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Let go.
        }
    }

    private async Task KeepAsync(string machine, string nonce)
    {
        try
        {
            var reply = await _api.LeaseAsync(_app, machine, _request, nonce, _stop.Token);
            if (reply.Value?.Nonce is { Length: > 0 } next)
            {
                _nonces[machine] = next;
            }
            else if (reply.Refusal is { LeavesDoubt: false, Status: not HttpStatusCode.TooManyRequests })
            {
                await _lost.CancelAsync();
            }
        }
        catch (ToolException)
        {
            // Perhaps it works next time; there are two more before the lease runs out.
        }
    }
}
