using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>Numbers of one kind, in one unit.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    public double Median => Quantile(0.5);

    /// <summary>Median and the middle half, which says how firm the median is.</summary>
    public string Show(string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"median {Median:0.###} {unit}, middle half {Quantile(0.25):0.###} to {Quantile(0.75):0.###}, n = {_values.Count}");

    private double Quantile(double share)
    {
        var sorted = _values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
