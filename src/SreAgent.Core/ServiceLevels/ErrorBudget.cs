using System.Globalization;
using SreAgent.Core.Policy;
using SreAgent.Core.Time;

namespace SreAgent.Core.ServiceLevels;

/// <summary>The arithmetic of error budgets. Nothing here measures.</summary>
public static class ErrorBudget
{
    // 1 - 0.999 is not quite 0.001.
    private const double Nothing = 1e-9;

    /// <summary>How many times faster than the objective allows; 1 spends the budget exactly by the window's end. NaN without events.</summary>
    public static double BurnRate(SliSample sample, Slo slo)
    {
        ArgumentNullException.ThrowIfNull(slo);
        return sample.ErrorRatio / slo.AllowedErrorRatio;
    }

    /// <summary>Share of the budget left after what happened in its window; 0 or less is spent. NaN without events.</summary>
    public static double Remaining(SliSample window, Slo slo) => 1 - BurnRate(window, slo);

    /// <summary>How long an untouched budget lasts at a burn rate: 50 hours at 14.4 of a 30-day budget.</summary>
    public static TimeSpan Lasts(double burnRate, TimeSpan budgetWindow) =>
        burnRate > 0 && budgetWindow / burnRate < TimeSpan.MaxValue ? budgetWindow / burnRate : TimeSpan.MaxValue;

    /// <summary>
    /// The burn rate that must not go unnoticed within minutes: the one that pages first. For a budget too short for the Workbook's windows, 1.
    /// </summary>
    public static double PagingBurnRate(TimeSpan budgetWindow) =>
        BurnRateWindow.Paging.Select(window => window.FactorFor(budgetWindow)).Append(1).Max();

    /// <summary>How a budget stands.</summary>
    /// <param name="slo">Whose.</param>
    /// <param name="whole">Events over the objective's own window. Null when there is no sample: then nothing is known.</param>
    /// <param name="burns">Events over pairs of windows, shortest first.</param>
    public static BudgetReading Judge(Slo slo, SliSample? whole, IReadOnlyList<BurnMeasurement> burns)
    {
        ArgumentNullException.ThrowIfNull(slo);
        ArgumentNullException.ThrowIfNull(burns);
        if (whole is not { } total || double.IsNaN(total.ErrorRatio))
        {
            return Unknown(slo, $"{slo.Name}: no event was measured in the last {TimeExpression.Format(slo.Window)}.");
        }

        var remaining = Remaining(total, slo);
        var telling = burns.Where(burn => burn.Window.FactorFor(slo.Window) > 1).ToArray();
        var burning = telling.FirstOrDefault(burn => Exceeds(burn.OverLong, burn.Window, slo) && Exceeds(burn.OverShort, burn.Window, slo));
        var shown = burning ?? telling.LastOrDefault(burn => burn.OverLong is not null);
        var rate = shown?.OverLong is { } sample ? BurnRate(sample, slo) : BurnRate(total, slo);
        var state = remaining <= Nothing ? ErrorBudgetState.Spent : burning is not null ? ErrorBudgetState.Burning : ErrorBudgetState.Healthy;
        var over = shown is null ? slo.Window : shown.Window.LongWindow;
        return new BudgetReading(slo, state, remaining, rate, string.Create(
            CultureInfo.InvariantCulture,
            $"{slo.Name}: {Left(remaining, TimeExpression.Format(slo.Window))} ({total.Bad:0} of {total.Total:0} events were bad, {slo.AllowedErrorRatio:0.####%} may be); burning at {rate:0.##}× over {TimeExpression.Format(over)}{Pages(burning, slo)}."));
    }

    /// <summary>A reading that says why there is none.</summary>
    public static BudgetReading Unknown(Slo slo, string why) => new(slo, ErrorBudgetState.Unknown, double.NaN, double.NaN, why);

    /// <summary>
    /// One state of several: spent, then burning, then unknown, then healthy. Unknown is never healthy, and no reading at all is unknown.
    /// </summary>
    public static ErrorBudgetState Worst(IEnumerable<ErrorBudgetState> states) =>
        states.DefaultIfEmpty(ErrorBudgetState.Unknown).MaxBy(state => state switch
        {
            ErrorBudgetState.Spent => 3,
            ErrorBudgetState.Burning => 2,
            ErrorBudgetState.Healthy => 0,
            _ => 1,
        });

    private static bool Exceeds(SliSample? sample, BurnRateWindow window, Slo slo) =>
        sample is { } measured && BurnRate(measured, slo) >= window.FactorFor(slo.Window);

    private static string Left(double remaining, string window) =>
        remaining > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{remaining:0.#%} is left of the budget of {window}")
            : string.Create(CultureInfo.InvariantCulture, $"the budget of {window} is spent {1 - remaining:0.#} times over");

    private static string Pages(BurnMeasurement? burning, Slo slo) => burning is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", which pages from {burning.Window.FactorFor(slo.Window):0.##}× on; at this rate an untouched budget lasts {Spoken(Lasts(BurnRate(burning.OverLong!.Value, slo), slo.Window))}");

    private static string Spoken(TimeSpan length) =>
        length.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0} h") : string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0} min");
}

/// <summary>Events over a pair of windows that end at the same moment; null where there was no sample.</summary>
public sealed record BurnMeasurement(BurnRateWindow Window, SliSample? OverLong, SliSample? OverShort);
