namespace SreAgent.Core.Metrics;

/// <summary>Where a series began to be higher than before.</summary>
/// <param name="Index">Of the first value that belongs to the rise.</param>
/// <param name="Before">Mean of the values before it.</param>
/// <param name="After">Mean of the values from it on.</param>
public sealed record Onset(int Index, double Before, double After)
{
    // A rise this many standard errors above the noise is not the noise.
    private const double Sure = 4;

    // Values on either side that a mean must rest on.
    private const int Least = 2;

    /// <summary>
    /// Finds the split that tells two levels apart best (least squares, one change point), when the later level is the higher one, at least
    /// twice as high, and clear of the noise within both. Null when there is none.
    /// </summary>
    /// <param name="values">Evenly spaced, oldest first; NaN where there was no sample.</param>
    public static Onset? Find(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var known = Enumerable.Range(0, values.Count).Where(i => double.IsFinite(values[i])).ToArray();
        var sum = known.Sum(i => values[i]);
        var squares = known.Sum(i => values[i] * values[i]);
        double best = 0, left = 0, leftSquares = 0;
        Onset? found = null;
        for (var split = 1; split <= known.Length - Least; split++)
        {
            var value = values[known[split - 1]];
            left += value;
            leftSquares += value * value;
            double before = left / split, after = (sum - left) / (known.Length - split);
            var weight = Math.Sqrt((double)split * (known.Length - split) / known.Length);
            var score = (after - before) * weight;
            var noise = (leftSquares - (left * before)) + (squares - leftSquares - ((sum - left) * after));
            var deviation = Math.Sqrt(Math.Max(0, noise) / Math.Max(1, known.Length - 2));
            if (split >= Least && score > best && after >= 2 * before && score >= Sure * deviation)
            {
                best = score;
                found = new Onset(known[split], before, after);
            }
        }

        return found is null ? null : WalkBack(values, found);
    }

    /// <summary>A window that slides over the change makes it a ramp; the rise begins at its foot.</summary>
    private static Onset WalkBack(IReadOnlyList<double> values, Onset found)
    {
        var foot = found.Before + ((found.After - found.Before) / 10);
        var index = found.Index;
        while (index > 0 && values[index - 1] > foot)
        {
            index--;
        }

        return found with { Index = index };
    }
}
