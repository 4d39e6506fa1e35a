using System.Globalization;

namespace SreAgent.Core.ServiceLevels;

/// <summary>
/// Whether users are worse off than before, by counts of bad events alone: a one-sided two-proportion z-test, or Fisher's exact test where
/// the counts are small. It takes events to be independent; errors that come in bursts make it more sure than it should be, which is why
/// its level is strict.
/// </summary>
/// <param name="Before">What it is compared with.</param>
/// <param name="After">What is judged.</param>
/// <param name="Verdict">What the figures say.</param>
/// <param name="Test">Which test was used.</param>
/// <param name="Z">The statistic of the z-test; NaN for Fisher's.</param>
/// <param name="P">How likely an <paramref name="After"/> this bad is if nothing changed. NaN when there are no events to compare.</param>
public sealed record SliComparison(SliSample Before, SliSample After, SliVerdict Verdict, SliTest Test, double Z, double P)
{
    /// <summary>The level at the end of a watch: one false alarm in a hundred.</summary>
    public const double Level = 0.01;

    /// <summary>
    /// The level at each look before the end: looking many times must not add up to false alarms (J. L. Haybittle 1971, R. Peto et al.
    /// 1976: stop early at 0.001 only, and judge the end as if it had been the one look).
    /// </summary>
    public const double EarlyLevel = 0.001;

    // The usual power of a test that is meant to find something (J. Cohen, Statistical Power Analysis for the Behavioral Sciences, section 2.4).
    private const double Power = 0.8;

    // Cochran's rule for 2×2 tables: below an expected count of 5 in any cell the normal approximation is not to be trusted
    // (W. G. Cochran, Some Methods for Strengthening the Common χ² Tests, Biometrics 10, 1954).
    private const double LeastExpected = 5;

    /// <summary>Both counts and ratios, the statistic and what follows, in one sentence.</summary>
    public string Detail
    {
        get
        {
            var figures = $"{Figures(Before)} before, {Figures(After)} after";
            var statistic = Test switch
            {
                SliTest.TwoProportions => string.Create(CultureInfo.InvariantCulture, $" (z = {Z:0.00}, p = {Small(P)})"),
                SliTest.FisherExact => $" (Fisher's exact test, p = {Small(P)})",
                _ => "",
            };
            return $"{figures}{statistic}: " + Verdict switch
            {
                SliVerdict.Worse => "worse",
                SliVerdict.NotWorse => "not worse",
                _ => "too little traffic to tell",
            };
        }
    }

    /// <summary>Compares two samples.</summary>
    /// <param name="before">What ran until then.</param>
    /// <param name="after">What runs since.</param>
    /// <param name="noticeable">
    /// The error ratio that must not go unnoticed, above 0 and at most 1. Where a service this bad would probably not have been told from
    /// chance by so few events, the answer is that there is too little traffic, not that it is fine.
    /// </param>
    /// <param name="level">Above this p it is not called worse.</param>
    public static SliComparison Between(SliSample before, SliSample after, double noticeable, double level = Level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(noticeable);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noticeable, 1);
        var (bad1, all1) = Counts(before);
        var (bad2, all2) = Counts(after);
        if (all1 == 0 || all2 == 0)
        {
            return new SliComparison(before, after, SliVerdict.TooLittleTraffic, SliTest.None, double.NaN, double.NaN);
        }

        var (test, z, p) = Chance(bad1, all1, bad2, all2);
        var verdict = p <= level ? SliVerdict.Worse
            : CouldTell(bad1, all1, all2, noticeable, level) ? SliVerdict.NotWorse
            : SliVerdict.TooLittleTraffic;
        return new SliComparison(before, after, verdict, test, z, p);
    }

    /// <summary>Whether a ratio that must not go unnoticed would have been called worse four times out of five.</summary>
    private static bool CouldTell(long bad1, long all1, long all2, double noticeable, double level)
    {
        // What is noticeable beside a service that was failing anyway is a doubling.
        var ratio = Math.Min(1, Math.Max(noticeable, 2.0 * bad1 / all1));
        if (Chance(bad1, all1, all2, all2).P > level)
        {
            return false;
        }

        // The fewest bad events that would be called worse: p falls as they rise.
        long low = 0, high = all2;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Chance(bad1, all1, middle, all2).P <= level ? (low, middle) : (middle + 1, high);
        }

        return CountStatistics.BinomialUpperTail(all2, ratio, low) >= Power;
    }

    private static (SliTest Test, double Z, double P) Chance(long bad1, long all1, long bad2, long all2)
    {
        var bad = bad1 + bad2;
        var all = all1 + all2;
        var pooled = (double)bad / all;
        if (Math.Min(all1, all2) * Math.Min(pooled, 1 - pooled) < LeastExpected)
        {
            return (SliTest.FisherExact, double.NaN, CountStatistics.HypergeometricUpperTail(all, bad, all2, bad2));
        }

        var z = (((double)bad2 / all2) - ((double)bad1 / all1)) / Math.Sqrt(pooled * (1 - pooled) * ((1.0 / all1) + (1.0 / all2)));
        return (SliTest.TwoProportions, z, CountStatistics.NormalUpperTail(z));
    }

    /// <summary>Whole events: what a source extrapolates is rounded, and never more bad than all.</summary>
    private static (long Bad, long All) Counts(SliSample sample)
    {
        var all = double.IsFinite(sample.Total) ? (long)Math.Round(Math.Clamp(sample.Total, 0, 1e15)) : 0;
        return (Math.Min(all, (long)Math.Round(double.IsFinite(sample.Bad) ? Math.Min(sample.Bad, 1e15) : 0)), all);
    }

    private static string Figures(SliSample sample)
    {
        var (bad, all) = Counts(sample);
        return all == 0 ? "no events" : string.Create(CultureInfo.InvariantCulture, $"{bad} of {all} bad ({(double)bad / all:0.###%})");
    }

    private static string Small(double p) => p < 0.0001 ? "<0.0001" : p.ToString("0.####", CultureInfo.InvariantCulture);
}

public enum SliVerdict
{
    /// <summary>Neither worse nor shown to be as good: the counts are too small.</summary>
    TooLittleTraffic = 0,
    NotWorse,
    Worse,
}

public enum SliTest
{
    /// <summary>There were no events on one side.</summary>
    None = 0,
    TwoProportions,
    FisherExact,
}
