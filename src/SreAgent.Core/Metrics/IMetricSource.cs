using System.Runtime.InteropServices;
using SreAgent.Core.Time;

namespace SreAgent.Core.Metrics;

/// <summary>
/// Numbers over time, asked in PromQL. Registered only where a system that answers it is configured. Every method throws
/// <see cref="Tools.ToolException"/> when the question is refused or cannot be carried.
/// </summary>
public interface IMetricSource
{
    /// <summary>As its evidence names it: <c>prometheus</c>.</summary>
    string Name { get; }

    /// <summary>Evaluates an expression at one moment. No series is an answer, not a fault.</summary>
    Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Evaluates an expression over a window.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="range">Both ends included.</param>
    /// <param name="step">Between two points; widened where the server would refuse so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, TimeRange range, TimeSpan step, CancellationToken cancellationToken);

    /// <summary>A page a person can open to see the same. Absent when the system has none.</summary>
    Uri? LinkTo(string query, TimeRange range);
}

/// <param name="Labels">What tells it from the others.</param>
/// <param name="Points">Oldest first; never empty.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<MetricPoint> Points);

/// <param name="Value">May be NaN or infinite, as the source says.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MetricPoint(DateTimeOffset At, double Value);
