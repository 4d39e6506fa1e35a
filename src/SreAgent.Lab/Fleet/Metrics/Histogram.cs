using System.Collections.Concurrent;
using System.Text;

namespace SreAgent.Lab.Fleet.Metrics;

/// <summary>Observations counted in buckets, with their sum.</summary>
internal sealed class Histogram(string name, string help, IReadOnlyList<double> bounds, string[] labelNames) : MetricFamily(name, help, "histogram", labelNames)
{
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public void Observe(double value, params ReadOnlySpan<string> values) => Of(values).Observe(value, bounds);

    /// <summary>Makes the series appear without an observation.</summary>
    public void Touch(params ReadOnlySpan<string> values) => Of(values);

    private Series Of(ReadOnlySpan<string> values)
    {
        var labels = LabelsOf(values);
        var fresh = new Series(bounds.Count);
        var series = _series.GetOrAdd(labels, fresh);
        if (ReferenceEquals(series, fresh))
        {
            _order.Enqueue(labels);
        }

        return series;
    }

    private protected override void WriteSeries(StringBuilder text)
    {
        foreach (var labels in _order)
        {
            var (counts, sum) = _series[labels].Read();
            var lead = labels.Length > 0 ? labels + "," : "";
            long below = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                below += counts[i];
                Line(text, Name + "_bucket", $"{lead}le=\"{Number(i < bounds.Count ? bounds[i] : double.PositiveInfinity)}\"", below);
            }

            Line(text, Name + "_sum", labels, sum);
            Line(text, Name + "_count", labels, below);
        }
    }

    private sealed class Series(int bounds)
    {
        private readonly Lock _gate = new();
        private readonly long[] _counts = new long[bounds + 1];
        private double _sum;

        public void Observe(double value, IReadOnlyList<double> bounds)
        {
            var bucket = 0;
            while (bucket < bounds.Count && value > bounds[bucket])
            {
                bucket++;
            }

            lock (_gate)
            {
                _counts[bucket]++;
                _sum += value;
            }
        }

        /// <summary>Buckets, the last without bound, and the sum of one moment.</summary>
        public (long[] Counts, double Sum) Read()
        {
            lock (_gate)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
