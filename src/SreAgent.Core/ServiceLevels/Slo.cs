using System.Runtime.InteropServices;

namespace SreAgent.Core.ServiceLevels;

/// <summary>
/// A service level objective over events: of all that happen in the window, the share that must be good. Latency is stated the same way:
/// good are those fast enough.
/// </summary>
/// <param name="Service">The catalogue's name of the service.</param>
/// <param name="Name">Unique within the service: <c>availability</c>.</param>
/// <param name="Objective">Share of good events, above 0 and below 1: 0.999.</param>
/// <param name="GoodQuery">PromQL that counts good events over <see cref="WindowPlaceholder"/>: <c>sum(increase(http_requests_total{code!~"5.."}[$window]))</c>.</param>
/// <param name="TotalQuery">PromQL that counts all events over <see cref="WindowPlaceholder"/>.</param>
/// <param name="Window">What the budget is for: 30 days as a rule.</param>
public sealed record Slo(string Service, string Name, double Objective, string GoodQuery, string TotalQuery, TimeSpan Window)
{
    /// <summary>Stands in the queries where the length of the window goes.</summary>
    public const string WindowPlaceholder = "$window";

    /// <summary>The share of events that may be bad: 0.001 for three nines.</summary>
    public double AllowedErrorRatio => 1 - Objective;
}

/// <summary>Good and total events in one window, as measured.</summary>
/// <param name="Good">Not negative; extrapolated counts need not be whole.</param>
/// <param name="Total">Not below <paramref name="Good"/> as a rule; sources that scrape the two apart may show a little less.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SliSample(double Good, double Total)
{
    public double Bad => Math.Max(0, Total - Good);

    /// <summary>Share of bad events, 0 to 1; NaN when nothing happened.</summary>
    public double ErrorRatio => Total > 0 ? Math.Min(1, Bad / Total) : double.NaN;
}

/// <summary>Measures SLOs. Answers null where there is nothing to measure with or no event; faults are <see cref="Tools.ToolException"/>.</summary>
public interface IServiceLevels
{
    /// <summary>The SLOs stated for a service; empty when none are.</summary>
    IReadOnlyList<Slo> Of(string service);

    /// <summary>Events in the window of this length that ends at <paramref name="end"/>. Null when there is no sample.</summary>
    Task<SliSample?> MeasureAsync(Slo slo, TimeSpan length, DateTimeOffset end, CancellationToken cancellationToken);

    /// <summary>How the budget of an SLO stands at a moment, with the figures.</summary>
    Task<BudgetReading> BudgetAsync(Slo slo, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <param name="State">What policy looks at.</param>
/// <param name="Remaining">Share of the budget left, 1 untouched, 0 or less spent. NaN when unknown.</param>
/// <param name="BurnRate">How fast it is being spent over the shortest paging window that is exceeded, or the longest measured; 1 spends it exactly by the window's end. NaN when unknown.</param>
/// <param name="Detail">A sentence with the figures, or why it is unknown.</param>
public sealed record BudgetReading(Slo Slo, Policy.ErrorBudgetState State, double Remaining, double BurnRate, string Detail);
