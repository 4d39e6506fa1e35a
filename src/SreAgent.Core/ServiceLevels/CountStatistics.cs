namespace SreAgent.Core.ServiceLevels;

/// <summary>Tail probabilities for counts of events. All are one-sided: how likely a count this high is by chance alone.</summary>
public static class CountStatistics
{
    /// <summary>P(Z ≥ z) of the standard normal distribution, to about 1e-14 for z below 5 and in proportion above.</summary>
    /// <remarks>Below 5 the Taylor series, above it the continued fraction: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14.</remarks>
    public static double NormalUpperTail(double z)
    {
        if (double.IsNaN(z))
        {
            return double.NaN;
        }

        if (z < 0)
        {
            return 1 - NormalUpperTail(-z);
        }

        var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < 5)
        {
            double term = z, sum = z;
            for (var odd = 3; term > sum * 1e-17; odd += 2)
            {
                term *= z * z / odd;
                sum += term;
            }

            return 0.5 - (density * sum);
        }

        var fraction = z;
        for (var i = 60; i > 0; i--)
        {
            fraction = z + (i / fraction);
        }

        return density / fraction;
    }

    /// <summary>
    /// Fisher's exact test: of <paramref name="marked"/> marked things among all, how likely are at least <paramref name="seen"/> of them
    /// among the <paramref name="drawn"/> (R. A. Fisher, Statistical Methods for Research Workers, section 21.02).
    /// </summary>
    /// <param name="all">How many there are.</param>
    /// <param name="marked">How many of all are marked.</param>
    /// <param name="drawn">How many of all are drawn.</param>
    /// <param name="seen">How many of the drawn are marked.</param>
    public static double HypergeometricUpperTail(long all, long marked, long drawn, long seen)
    {
        var least = Math.Max(0, drawn - (all - marked));
        var most = Math.Min(marked, drawn);
        if (seen <= least)
        {
            return 1;
        }

        var whole = LogChoose(all, drawn);
        double sum = 0;
        for (var count = seen; count <= most; count++)
        {
            sum += Math.Exp(LogChoose(marked, count) + LogChoose(all - marked, drawn - count) - whole);
        }

        return Math.Min(1, sum);
    }

    /// <summary>
    /// P(X ≥ seen) for a binomial count. With the share of time as <paramref name="share"/> it compares two Poisson rates (J. Przyborowski and
    /// H. Wilenski, Homogeneity of Results in Testing Samples from Poisson Series, Biometrika 31, 1940).
    /// </summary>
    public static double BinomialUpperTail(long trials, double share, long seen)
    {
        if (seen <= 0)
        {
            return 1;
        }

        if (share <= 0 || seen > trials)
        {
            return 0;
        }

        if (share >= 1)
        {
            return 1;
        }

        // Where the count is spread widely it is normal, with half a count for what is counted whole.
        var spread = trials * share * (1 - share);
        if (spread > 1_000)
        {
            return NormalUpperTail((seen - 0.5 - (trials * share)) / Math.Sqrt(spread));
        }

        double sum = 0;
        for (var count = seen; count <= trials; count++)
        {
            var term = Math.Exp(LogChoose(trials, count) + (count * Math.Log(share)) + ((trials - count) * Math.Log(1 - share)));
            sum += term;
            if (count > trials * share && term < sum * 1e-15)
            {
                break;
            }
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(long from, long choose) => LogFactorial(from) - LogFactorial(choose) - LogFactorial(from - choose);

    /// <summary>Exact below 32; above, Stirling's series, whose first term left out is under 1e-13 there.</summary>
    private static double LogFactorial(long n)
    {
        if (n < 32)
        {
            double sum = 0;
            for (var i = 2; i <= n; i++)
            {
                sum += Math.Log(i);
            }

            return sum;
        }

        double x = n;
        return (x * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI * x)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) + (1 / (1260 * Math.Pow(x, 5)));
    }
}
