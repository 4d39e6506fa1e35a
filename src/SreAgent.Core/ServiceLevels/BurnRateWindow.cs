namespace SreAgent.Core.ServiceLevels;

/// <summary>
/// A pair of windows that pages: over the long one a share of the whole budget went, over the short one it still goes
/// (Site Reliability Workbook, chapter 5, "6: Multiwindow, Multi-Burn-Rate Alerts").
/// </summary>
/// <param name="LongWindow">Long enough that what it sees matters.</param>
/// <param name="ShortWindow">Short enough that it stops paging soon after it is over.</param>
/// <param name="Share">Of the budget, spent within <paramref name="LongWindow"/>: 0.02.</param>
public sealed record BurnRateWindow(TimeSpan LongWindow, TimeSpan ShortWindow, double Share)
{
    /// <summary>The two of the Workbook's table that page: 2 % of the budget in an hour, 5 % in six. Shortest first.</summary>
    public static IReadOnlyList<BurnRateWindow> Paging { get; } =
    [
        new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 0.02),
        new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 0.05),
    ];

    /// <summary>
    /// The burn rate that spends <see cref="Share"/> within <see cref="LongWindow"/>: 14.4 for 2 % in an hour of a 30-day budget. Not above 1 means
    /// the budget's own window is too short for this pair to say anything.
    /// </summary>
    public double FactorFor(TimeSpan budgetWindow) => Share * (budgetWindow / LongWindow);
}
