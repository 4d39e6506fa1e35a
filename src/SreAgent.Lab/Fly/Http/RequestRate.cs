namespace SreAgent.Lab.Fly.Http;

/// <summary>
/// The vendor's limit: one request a second for each action on each machine or application, three at once; five and ten for reading one
/// machine (superfly/docs, machines/api/working-with-machines-api).
/// </summary>
internal sealed class RequestRate(TimeProvider clock)
{
    /// <summary>The action whose limit is higher.</summary>
    public const string GetMachine = "get machine";

    private readonly Lock _access = new();
    private readonly Dictionary<(string Action, string Whose), (double Tokens, DateTimeOffset At)> _buckets = [];

    public bool Allows(string action, string whose)
    {
        var (rate, burst) = string.Equals(action, GetMachine, StringComparison.Ordinal) ? (5d, 10d) : (1d, 3d);
        var now = clock.GetUtcNow();
        lock (_access)
        {
            var (tokens, at) = _buckets.GetValueOrDefault((action, whose), (burst, now));
            tokens = Math.Min(burst, tokens + ((now - at).TotalSeconds * rate));
            var isAllowed = tokens >= 1;
            _buckets[(action, whose)] = (isAllowed ? tokens - 1 : tokens, now);
            return isAllowed;
        }
    }
}
