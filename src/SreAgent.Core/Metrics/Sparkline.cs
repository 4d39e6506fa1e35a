namespace SreAgent.Core.Metrics;

/// <summary>A series in one line of text: eight heights, lowest to highest value, a gap as a space.</summary>
public static class Sparkline
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    /// <param name="values">Evenly spaced, oldest first; NaN and infinities are gaps.</param>
    /// <param name="width">At most this many characters; longer series are averaged into buckets.</param>
    public static string Render(IReadOnlyList<double> values, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);

        var buckets = Bucket(values, width);
        var finite = buckets.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
        {
            return "";
        }

        var low = finite.Min();

        // Halved before they are subtracted, because the distance between two finite values may not be finite.
        var span = (finite.Max() / 2) - (low / 2);
        return string.Create(buckets.Length, (buckets, low, span), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var value = state.buckets[i];
                text[i] = !double.IsFinite(value) ? ' '
                    : state.span <= 0 ? Heights[0]
                    : Heights[(int)Math.Round(((value / 2) - (state.low / 2)) / state.span * (Heights.Length - 1))];
            }
        });
    }

    /// <summary>Averages a series into at most <paramref name="width"/> evenly spaced buckets; a bucket without samples is NaN.</summary>
    public static double[] Bucket(IReadOnlyList<double> values, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count <= width)
        {
            return [.. values];
        }

        var buckets = new double[width];
        for (var i = 0; i < width; i++)
        {
            var from = (int)((long)i * values.Count / width);
            var to = (int)((long)(i + 1) * values.Count / width);
            double sum = 0;
            var samples = 0;
            for (var j = from; j < to; j++)
            {
                if (double.IsFinite(values[j]))
                {
                    sum += values[j];
                    samples++;
                }
            }

            buckets[i] = samples == 0 ? double.NaN : sum / samples;
        }

        return buckets;
    }
}
