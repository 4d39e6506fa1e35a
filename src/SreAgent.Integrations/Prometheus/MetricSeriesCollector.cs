using SreAgent.Core.Metrics;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Keeps every series whole.</summary>
internal sealed class MetricSeriesCollector : ISampleSink
{
    private readonly List<MetricSeries> _series = [];
    private Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private List<MetricPoint> _points = [];

    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>Series left out because they hold native histograms and no single number.</summary>
    public int OnlyHistograms { get; private set; }

    public void BeginSeries() => (_labels, _points) = (new Dictionary<string, string>(StringComparer.Ordinal), []);

    public void Label(string name, string value) => _labels[name] = value;

    public void Sample(long milliseconds, double value) => _points.Add(new MetricPoint(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), value));

    public void Histogram(long milliseconds, double count, double sum)
    {
        // Counted at the end of the series: one that also has numbers is still of use.
    }

    public void EndSeries()
    {
        if (_points.Count == 0)
        {
            OnlyHistograms++;
            return;
        }

        _series.Add(new MetricSeries(_labels, _points));
    }
}
