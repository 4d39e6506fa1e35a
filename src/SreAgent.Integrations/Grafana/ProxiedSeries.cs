using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Metrics;

namespace SreAgent.Integrations.Grafana;

/// <summary>Reads the samples of a Prometheus answer that came through Grafana. A panel's answer is small: its points are limited by us.</summary>
internal static class ProxiedSeries
{
    /// <exception cref="JsonException">The result is not of Prometheus' shape.</exception>
    public static IReadOnlyList<MetricSeries> Read(ProxiedData? data)
    {
        try
        {
            return data?.ResultType switch
            {
                "matrix" => [.. data.Result.EnumerateArray().Select(series => Series(series, series.Items("values"))).Where(HasPoints)],
                "vector" => [.. data.Result.EnumerateArray().Select(series => Series(series, series.Member("value") is { ValueKind: JsonValueKind.Array } value ? [value] : [])).Where(HasPoints)],
                "scalar" => [new MetricSeries(new Dictionary<string, string>(StringComparer.Ordinal), [Point(data.Result)])],
                _ => [],
            };
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new JsonException("The result is not of Prometheus' shape.", e);
        }
    }

    private static MetricSeries Series(JsonElement json, IEnumerable<JsonElement> samples) => new(
        json.Member("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal),
        [.. samples.Select(Point)]);

    private static MetricPoint Point(JsonElement sample) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(sample[0].GetDouble() * 1000)), Value(sample[1].GetString()));

    private static double Value(string? text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text ?? "", NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>Those of native histograms alone have none.</summary>
    private static bool HasPoints(MetricSeries series) => series.Points.Count > 0;
}
