using System.Text;

namespace SreAgent.Lab.Fleet.Metrics;

/// <summary>
/// The metrics of one process, in the Prometheus text format 0.0.4. Families appear in the order they were made, series in the order they
/// were first touched. Safe for use by many at once.
/// </summary>
internal sealed class MetricRegistry
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _gate = new();
    private readonly List<MetricFamily> _families = [];

    public Counter Counter(string name, string help, params string[] labels) => Add(new Counter(name, help, labels));

    public Gauge Gauge(string name, string help, params string[] labels) => Add(new Gauge(name, help, labels));

    /// <param name="name">Without suffix, in base units: <c>http_request_duration_seconds</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="bounds">Upper bounds, rising, without infinity.</param>
    /// <param name="labels">Label names, <c>le</c> not among them.</param>
    public Histogram Histogram(string name, string help, IReadOnlyList<double> bounds, params string[] labels) => Add(new Histogram(name, help, bounds, labels));

    public string Expose()
    {
        MetricFamily[] families;
        lock (_gate)
        {
            families = [.. _families];
        }

        var text = new StringBuilder();
        foreach (var family in families)
        {
            family.WriteTo(text);
        }

        return text.ToString();
    }

    private T Add<T>(T family)
        where T : MetricFamily
    {
        lock (_gate)
        {
            if (_families.Exists(known => known.Name == family.Name))
            {
                throw new InvalidOperationException($"There is a metric {family.Name} already.");
            }

            _families.Add(family);
        }

        return family;
    }
}
