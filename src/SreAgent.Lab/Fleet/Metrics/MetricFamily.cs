using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace SreAgent.Lab.Fleet.Metrics;

/// <summary>One metric: its name, what it means, and a series for every combination of label values seen.</summary>
internal abstract class MetricFamily
{
    private readonly string _help;
    private readonly string _type;
    private readonly string[] _labels;

    private protected MetricFamily(string name, string help, string type, string[] labels) => (Name, _help, _type, _labels) = (name, help, type, labels);

    public string Name { get; }

    public void WriteTo(StringBuilder text)
    {
        text.Append("# HELP ").Append(Name).Append(' ').Append(_help.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        WriteSeries(text);
    }

    private protected abstract void WriteSeries(StringBuilder text);

    /// <summary>The inside of the braces, which is also what tells series apart.</summary>
    private protected string LabelsOf(ReadOnlySpan<string> values)
    {
        if (values.Length != _labels.Length)
        {
            throw new ArgumentException($"{Name} has {_labels.Length} labels, {values.Length} values were given.", nameof(values));
        }

        var text = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i > 0 ? "," : "").Append(_labels[i]).Append("=\"")
                .Append(values[i].Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\"")).Append('"');
        }

        return text.ToString();
    }

    private protected static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private protected static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Counters and gauges: one number a series.</summary>
internal abstract class NumberFamily : MetricFamily
{
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    private protected NumberFamily(string name, string help, string type, string[] labels)
        : base(name, help, type, labels)
    {
    }

    private protected void Change(ReadOnlySpan<string> values, Func<double, double> change)
    {
        var labels = LabelsOf(values);
        if (_values.TryAdd(labels, 0))
        {
            _order.Enqueue(labels);
        }

        _values.AddOrUpdate(labels, static (_, change) => change(0), static (_, before, change) => change(before), change);
    }

    private protected override void WriteSeries(StringBuilder text)
    {
        foreach (var labels in _order)
        {
            Line(text, Name, labels, _values[labels]);
        }
    }
}

/// <summary>Only rises; its name ends in <c>_total</c>.</summary>
internal sealed class Counter(string name, string help, string[] labels) : NumberFamily(name, help, "counter", labels)
{
    /// <summary>Counts one.</summary>
    public void Add(params ReadOnlySpan<string> values) => Change(values, static before => before + 1);

    /// <summary>Makes the series appear at 0, so that its first event is seen as a rise.</summary>
    public void Touch(params ReadOnlySpan<string> values) => Change(values, static before => before);
}

internal sealed class Gauge(string name, string help, string[] labels) : NumberFamily(name, help, "gauge", labels)
{
    public void Set(double value, params ReadOnlySpan<string> values) => Change(values, _ => value);

    public void Move(double by, params ReadOnlySpan<string> values) => Change(values, before => before + by);
}
