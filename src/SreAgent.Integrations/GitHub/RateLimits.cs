using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// What GitHub has said about how much may be asked, over all calls of this host: the hourly budget of each resource, and pauses it asked
/// for (secondary limits). Figures from its REST documentation: obey <c>retry-after</c>; else wait for the reset when nothing remains;
/// else at least a minute, longer each time it happens again.
/// </summary>
internal sealed class RateLimits(TimeProvider clock)
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(16);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _spentUntil = new(StringComparer.Ordinal);
    private DateTimeOffset _pausedUntil;
    private int _pausesInARow;

    /// <summary>Until when nothing may be asked of a resource. Null when it may be asked now.</summary>
    public RateLimitStop? Stopped(string resource)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return _pausedUntil > now ? new RateLimitStop(_pausedUntil, IsPause: true)
                : _spentUntil.TryGetValue(resource, out var until) && until > now ? new RateLimitStop(until, IsPause: false)
                : null;
        }
    }

    /// <summary>Takes note of an answer that was not a limit.</summary>
    public void Passed(string resource, HttpResponseMessage response)
    {
        lock (_gate)
        {
            _pausesInARow = 0;
            if (Reset(response.Headers) is { } reset && Number(response.Headers, "x-ratelimit-remaining") == 0)
            {
                _spentUntil[resource] = reset;
            }
            else
            {
                _spentUntil.Remove(resource);
            }
        }
    }

    /// <summary>Whether a refusal may be a limit at all; <see cref="Refused"/> then wants its message.</summary>
    public static bool MayBeLimit(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;

    /// <summary>Takes note of a refusal. Null when it was for another reason.</summary>
    public RateLimitStop? Refused(string resource, HttpResponseMessage response, string message)
    {
        var now = clock.GetUtcNow();
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => now + delta,
            { Date: { } date } => date,
            _ => (DateTimeOffset?)null,
        };
        lock (_gate)
        {
            if (asked is null && Number(response.Headers, "x-ratelimit-remaining") == 0 && Reset(response.Headers) is { } reset)
            {
                _spentUntil[resource] = reset;
                return new RateLimitStop(reset, IsPause: false);
            }

            if (asked is null && response.StatusCode != HttpStatusCode.TooManyRequests && !SpeaksOfLimit(message))
            {
                return null;
            }

            var longer = LeastPause * Math.Pow(2, Math.Min(_pausesInARow, 10));
            _pausesInARow++;
            var until = asked ?? now + (longer < LongestPause ? longer : LongestPause);
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
            return new RateLimitStop(until, IsPause: true);
        }
    }

    private static bool SpeaksOfLimit(string message) =>
        message.Contains("rate limit", StringComparison.OrdinalIgnoreCase) || message.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);

    /// <summary>Seconds since 1970. A number no clock can show is no moment; recorded answers hold such.</summary>
    private static DateTimeOffset? Reset(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-reset") is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <param name="Until">When it may be asked again.</param>
/// <param name="IsPause">GitHub asked for a pause (secondary limit); otherwise the budget of the hour is spent (primary).</param>
internal sealed record RateLimitStop(DateTimeOffset Until, bool IsPause);
