using System.ComponentModel;
using System.Text.Json.Serialization;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Finding out what there is to query.</summary>
internal sealed partial class PrometheusTools
{
    private const int DefaultLimit = 50;

    [SreTool("prometheus_list_series", ToolEffect.Read)]
    [Description("Lists the series a selector matches, labels only. For values use prometheus_query; for metric names prometheus_search_metrics.")]
    public async Task<ToolResult> ListSeriesAsync(
        [Description("Such as up{job=\"api\"}")] string selector,
        [Description("now-1h (default) or RFC 3339")] string? from = null,
        [Description("now (default) or RFC 3339")] string? to = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = Window(from, to);
        var most = Limit(limit);
        var answer = await api.SeriesAsync(selector, range, most + 1, cancellationToken);
        var evidence = new Evidence(Source, selector) { Range = range, Notes = [.. defaults, .. More(answer.Data.Count, most, "series"), .. answer.Remarks] };
        return answer.Data.Count == 0
            ? new ToolResult.NoData($"series matching {selector}", await _emptyResult.LikelyCausesAsync(selector, range, cancellationToken), evidence)
            : new ToolResult.Found(new Listed<Dictionary<string, string>>(answer.Data, most), evidence);
    }

    [SreTool("prometheus_list_labels", ToolEffect.Read)]
    [Description("Lists label names, or the values of one label. To find metric names use prometheus_search_metrics.")]
    public async Task<ToolResult> ListLabelsAsync(
        [Description("List this label's values")] string? label = null,
        [Description("Only of series matching this")] string? selector = null,
        [Description("now-1h (default) or RFC 3339")] string? from = null,
        [Description("now (default) or RFC 3339")] string? to = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = Window(from, to);
        var most = Limit(limit);
        var answer = label is null
            ? await api.LabelsAsync(selector, range, cancellationToken)
            : await api.LabelValuesAsync(label, selector, range, cancellationToken);
        var asked = (label is null ? "label names" : $"values of label {label}") + (selector is null ? "" : $" of {selector}");
        var evidence = new Evidence(Source, asked) { Range = range, Notes = [.. defaults, .. More(answer.Data.Count, most, "entries"), .. answer.Remarks] };
        if (answer.Data.Count > 0)
        {
            return new ToolResult.Found(new Listed<string>(answer.Data, most), evidence);
        }

        var causes = selector is null
            ? [label is null ? "Nothing was stored in this window." : $"No series in this window has a label {label}; label names are case-sensitive."]
            : await _emptyResult.LikelyCausesAsync(selector, range, cancellationToken);
        return new ToolResult.NoData(asked, causes, evidence);
    }

    [SreTool("prometheus_search_metrics", ToolEffect.Read)]
    [Description("Finds metrics by words in name or help text; says type, unit and help. Use it before writing PromQL for a metric not seen yet.")]
    public async Task<ToolResult> SearchMetricsAsync(
        [Description("Words, all of which must occur")] string text, int? limit = null, CancellationToken cancellationToken = default)
    {
        var names = await api.LabelValuesAsync("__name__", selector: null, range: null, cancellationToken);
        var metadata = await api.MetadataAsync(cancellationToken);
        var most = Limit(limit);
        var found = MetricSearch.Find(text, names.Data, metadata.Data);
        var evidence = new Evidence(Source, $"metrics about '{text}'")
        {
            Notes = [.. More(found.Count, most, "metrics"), .. names.Remarks, .. metadata.Remarks],
        };
        return found.Count == 0
            ? new ToolResult.NoData(
                $"{names.Data.Count} metric names and their help texts",
                ["No metric has all these words in its name or help; try one word, or a part of it.", "Whatever exposes it may not be scraped: see prometheus_list_targets."],
                evidence)
            : new ToolResult.Found(new Listed<FoundMetric>(found, most), evidence);
    }

    private static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, 500);

    /// <summary>A server that knows limits stops at one more than is shown, which only proves that more exists.</summary>
    private static IEnumerable<string> More(int found, int shown, string what) =>
        found <= shown ? []
        : found == shown + 1 ? [$"{shown} {what} shown; more exist. Narrow the question or raise limit."]
        : [$"{PrometheusMapper.Of(shown, found)} {what} shown. Narrow the question or raise limit."];
}

/// <summary>The first of a list.</summary>
internal sealed record Listed<T>
{
    public Listed(IReadOnlyList<T> all, int most) => (Items, MoreExist) = (all.Count > most ? [.. all.Take(most)] : all, all.Count > most);

    public IReadOnlyList<T> Items { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MoreExist { get; }
}
