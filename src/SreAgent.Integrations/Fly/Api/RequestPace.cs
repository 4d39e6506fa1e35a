using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SreAgent.Integrations.Fly.Api;

/// <summary>
/// Keeps our own requests within the Machines API's limit: one a second for each action on each machine or application, with a burst of
/// three; five a second with a burst of ten for reading one machine (Fly's Machines API documentation, "Rate limits"). A rolling update looks
/// often, and to be refused in its middle helps nobody. Other clients of the same token count too, and are not seen here.
/// </summary>
internal sealed class RequestPace(TimeProvider clock)
{
    private static readonly Limit Ordinary = new(TimeSpan.FromSeconds(1), Burst: 3);
    private static readonly Limit OneMachine = new(TimeSpan.FromMilliseconds(200), Burst: 10);

    // A schedule that was full this long ago says no more than a new one.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Schedule> _schedules = new(StringComparer.Ordinal);

    /// <summary>How many actions there is a schedule for.</summary>
    public int Remembered => _schedules.Count;

    /// <summary>Returns when the request may be sent.</summary>
    public Task TakeTurnAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (action, _) in _schedules.Where(entry => entry.Value.WasFullBefore(now - Forgotten)))
        {
            _schedules.TryRemove(action, out _);
        }

        var limit = method == HttpMethod.Get && IsOneMachine(path) ? OneMachine : Ordinary;
        var wait = _schedules.GetOrAdd($"{method} {path}", _ => new Schedule()).Take(limit, now);
        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
    }

    private static bool IsOneMachine(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., "apps", _, "machines", _];

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Limit(TimeSpan Interval, int Burst);

    /// <summary>A bucket of turns, kept as the moment at which it is full again (generic cell rate algorithm, ATM Forum TM 4.0).</summary>
    private sealed class Schedule
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _full;
        private DateTimeOffset _seen;

        public TimeSpan Take(Limit limit, DateTimeOffset now)
        {
            lock (_gate)
            {
                // A clock that was set back must not make anybody wait until it has caught up. Less than that is two requests at once.
                if (_seen - now > limit.Interval)
                {
                    _full -= _seen - now;
                }

                _seen = now;
                _full = (_full > now ? _full : now) + limit.Interval;
                return _full - (limit.Interval * limit.Burst) - now;
            }
        }

        public bool WasFullBefore(DateTimeOffset moment)
        {
            lock (_gate)
            {
                return _full < moment;
            }
        }
    }
}

/// <summary>Sends a request when it is its turn, repetitions included.</summary>
internal sealed class PacedHandler(RequestPace pace) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await pace.TakeTurnAsync(request.Method, request.RequestUri?.AbsolutePath ?? "", cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
