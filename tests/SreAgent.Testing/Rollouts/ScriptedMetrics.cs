using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Testing.Rollouts;

/// <summary>
/// A metric source over traffic a test describes: so many events a second, of which a share is bad that may change with time. Understands
/// <c>good[window]</c> and <c>all[window]</c>.
/// </summary>
public sealed class ScriptedMetrics : IMetricSource
{
    private int _asked;

    public string Name => "prometheus";

    public double EventsPerSecond { get; set; } = 20;

    /// <summary>Share of bad events at a moment.</summary>
    public Func<DateTimeOffset, double> ErrorRatio { get; set; } = _ => 0.0002;

    /// <summary>When set, no question is answered.</summary>
    public string? Down { get; set; }

    public TimeSpan Latency { get; set; }

    public int Asked => _asked;

    public async Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Interlocked.Increment(ref _asked);
        await Task.Delay(Latency, cancellationToken);
        if (Down is { } why)
        {
            throw new ToolException(why) { Retryable = true };
        }

        var open = query.IndexOf('[', StringComparison.Ordinal);
        if (!TimeExpression.TryParseDuration(query[(open + 1)..^1], out var window) || EventsPerSecond <= 0)
        {
            return [];
        }

        // In at most a hundred slices, each with the ratio of its middle.
        var slice = window / 100;
        var good = Enumerable.Range(0, 100).Sum(i => slice.TotalSeconds * EventsPerSecond * (1 - ErrorRatio(at - window + (slice * (i + 0.5)))));
        var value = query.StartsWith("good", StringComparison.Ordinal) ? good : window.TotalSeconds * EventsPerSecond;
        return [new MetricSeries(new Dictionary<string, string>(StringComparer.Ordinal), [new MetricPoint(at, value)])];
    }

    public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, TimeRange range, TimeSpan step, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No test asks for a range.");

    public Uri? LinkTo(string query, TimeRange range) => null;
}
