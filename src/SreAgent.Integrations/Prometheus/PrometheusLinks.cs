using System.Globalization;
using SreAgent.Core.Time;

namespace SreAgent.Integrations.Prometheus;

/// <summary>The pages of Prometheus' own web interface that show the same as a result. Newer versions forward from these addresses.</summary>
internal sealed class PrometheusLinks(Uri publicUrl)
{
    public Uri Graph(string query, TimeRange range) =>
        Page($"graph?g0.expr={Uri.EscapeDataString(query)}&g0.tab=0&g0.range_input={Seconds(range)}s&g0.end_input={Moment(range.To)}&g0.moment_input={Moment(range.To)}");

    public Uri Table(string query, DateTimeOffset at) =>
        Page($"graph?g0.expr={Uri.EscapeDataString(query)}&g0.tab=1&g0.moment_input={Moment(at)}");

    public Uri Page(string path) => new(publicUrl, path);

    private static long Seconds(TimeRange range) => Math.Max(1, (long)range.Length.TotalSeconds);

    private static string Moment(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}
