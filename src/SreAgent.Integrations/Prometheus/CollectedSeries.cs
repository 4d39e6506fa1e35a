namespace SreAgent.Integrations.Prometheus;

/// <summary>One series while it is read, and afterwards if it is among those shown. Reused for the next one if it is not.</summary>
internal sealed class CollectedSeries
{
    private long[] _times = new long[256];
    private double[] _values = new double[256];
    private long? _firstHistogramAt;
    private long? _lastHistogramAt;

    public Dictionary<string, string> Labels { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Float samples, whatever their value.</summary>
    public int Points { get; private set; }

    public int NaNs { get; private set; }

    public int Infinities { get; private set; }

    public int Histograms { get; private set; }

    /// <summary>Count and sum of the last native histogram sample.</summary>
    public (double Count, double Sum) LastHistogram { get; private set; }

    public long? FirstAt => Points > 0 && !(_firstHistogramAt < _times[0]) ? _times[0] : _firstHistogramAt;

    public long? LastAt => Points > 0 && !(_lastHistogramAt > _times[Points - 1]) ? _times[Points - 1] : _lastHistogramAt;

    /// <summary>Of the finite samples. Infinite the wrong way round when there is none.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public bool HasFinite => Min <= Max;

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Points);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Points);

    public void Add(long time, double value)
    {
        var at = Points;
        if (at == _values.Length)
        {
            Array.Resize(ref _times, at * 2);
            Array.Resize(ref _values, at * 2);
        }

        _times[at] = time;
        _values[at] = value;
        Points = at + 1;
        if (double.IsFinite(value))
        {
            Min = value < Min ? value : Min;
            Max = value > Max ? value : Max;
        }
        else if (double.IsNaN(value))
        {
            NaNs++;
        }
        else
        {
            Infinities++;
        }
    }

    public void AddHistogram(long time, double count, double sum)
    {
        Histograms++;
        LastHistogram = (count, sum);
        _firstHistogramAt ??= time;
        _lastHistogramAt = time;
    }

    /// <summary>Of the finite samples; null when there is none.</summary>
    public double? Median()
    {
        double[] finite = [.. Values.ToArray().Where(double.IsFinite).Order()];
        return finite.Length == 0 ? null
            : finite.Length % 2 == 1 ? finite[finite.Length / 2]
            : (finite[(finite.Length / 2) - 1] + finite[finite.Length / 2]) / 2;
    }

    /// <summary>How far up a list ordered by <paramref name="order"/> this series belongs. An infinite sample counts as the extreme it is.</summary>
    public double Rank(SeriesOrder order)
    {
        var (low, high) = (Min, Max);
        if (Infinities > 0)
        {
            foreach (var value in Values)
            {
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        }

        return (low > high, order) switch
        {
            (true, _) => double.NegativeInfinity,
            (_, SeriesOrder.Lowest) => -low,
            (_, SeriesOrder.MostChanged) => high - low is var span && double.IsNaN(span) ? 0 : span,
            _ => high,
        };
    }

    public void Clear()
    {
        Labels = new Dictionary<string, string>(Labels.Count, StringComparer.Ordinal);
        (Points, NaNs, Infinities, Histograms, LastHistogram, _firstHistogramAt, _lastHistogramAt) = (0, 0, 0, 0, default, null, null);
        (Min, Max) = (double.PositiveInfinity, double.NegativeInfinity);
    }
}
