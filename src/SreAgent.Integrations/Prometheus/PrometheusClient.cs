using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Prometheus;

internal sealed class PrometheusClient(ConnectionOptions options, IHttpClientFactory clients) : IPrometheusApi
{
    private readonly SystemHttp _http = new(PrometheusIntegration.SystemName, options, clients, PrometheusErrors.Explain);

    /// <summary>Prometheus gives up a little before we do, so that its reason reaches us instead of our own silence.</summary>
    private readonly string _serverTimeout = string.Create(CultureInfo.InvariantCulture, $"{options.Timeout.TotalMilliseconds * 0.9:0}ms");

    public Task<QueryEnvelope> QueryAsync(string query, DateTimeOffset time, ISampleSink sink, CancellationToken cancellationToken) =>
        StreamAsync("api/v1/query", [new("query", query), new("time", Seconds(time)), new("timeout", _serverTimeout)], sink, cancellationToken);

    public Task<QueryEnvelope> QueryRangeAsync(string query, TimeRange range, TimeSpan step, ISampleSink sink, CancellationToken cancellationToken) =>
        StreamAsync(
            "api/v1/query_range",
            [
                new("query", query),
                new("start", Seconds(range.From)),
                new("end", Seconds(range.To)),
                new("step", step.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)),
                new("timeout", _serverTimeout),
            ],
            sink,
            cancellationToken);

    public Task<PrometheusAnswer<List<Dictionary<string, string>>>> SeriesAsync(
        string selector, TimeRange range, int limit, CancellationToken cancellationToken) =>
        AskAsync(
            Post("api/v1/series", [.. Matching(selector), .. Within(range), new("limit", limit.ToString(CultureInfo.InvariantCulture))]),
            PrometheusJson.Default.EnvelopeListDictionaryStringString,
            cancellationToken);

    public Task<PrometheusAnswer<List<string>>> LabelsAsync(string? selector, TimeRange? range, CancellationToken cancellationToken) =>
        AskAsync(Post("api/v1/labels", [.. Matching(selector), .. Within(range)]), PrometheusJson.Default.EnvelopeListString, cancellationToken);

    public Task<PrometheusAnswer<List<string>>> LabelValuesAsync(string label, string? selector, TimeRange? range, CancellationToken cancellationToken)
    {
        var query = string.Join('&', Matching(selector).Concat(Within(range)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return AskAsync(Get($"api/v1/label/{PlainAddress.Segment(label, "a label's name")}/values?{query}"), PrometheusJson.Default.EnvelopeListString, cancellationToken);
    }

    public Task<PrometheusAnswer<Dictionary<string, List<MetricMetadata>>>> MetadataAsync(CancellationToken cancellationToken) =>
        AskAsync(Get("api/v1/metadata"), PrometheusJson.Default.EnvelopeDictionaryStringListMetricMetadata, cancellationToken);

    public Task<PrometheusAnswer<AlertList>> AlertsAsync(CancellationToken cancellationToken) =>
        AskAsync(Get("api/v1/alerts"), PrometheusJson.Default.EnvelopeAlertList, cancellationToken);

    public Task<PrometheusAnswer<RuleGroupList>> RulesAsync(CancellationToken cancellationToken) =>
        AskAsync(Get("api/v1/rules"), PrometheusJson.Default.EnvelopeRuleGroupList, cancellationToken);

    public Task<PrometheusAnswer<TargetList>> TargetsAsync(CancellationToken cancellationToken) =>
        AskAsync(Get("api/v1/targets?state=active"), PrometheusJson.Default.EnvelopeTargetList, cancellationToken);

    public Task<PrometheusAnswer<BuildInfo>> BuildInfoAsync(CancellationToken cancellationToken) =>
        AskAsync(Get("api/v1/status/buildinfo"), PrometheusJson.Default.EnvelopeBuildInfo, cancellationToken);

    private async Task<QueryEnvelope> StreamAsync(string path, KeyValuePair<string, string>[] form, ISampleSink sink, CancellationToken cancellationToken)
    {
        var envelope = await _http.ReadAsync(Post(path, form), Answer.Of((body, token) => QueryResultReader.ReadAsync(body, sink, token)), cancellationToken);
        RequireStatus(envelope.Status);
        return envelope.ErrorType is { } type && envelope.Series == 0
            ? throw new ToolException(PrometheusErrors.Explain(_http.System, type, envelope.Error ?? "no reason given")) { Retryable = PrometheusErrors.IsRetryable(type) }
            : envelope;
    }

    private async Task<PrometheusAnswer<T>> AskAsync<T>(HttpRequestMessage request, JsonTypeInfo<Envelope<T>> type, CancellationToken cancellationToken)
    {
        var envelope = await _http.ReadAsync(request, Answer.Json(type), cancellationToken);
        RequireStatus(envelope.Status);
        if (envelope.Data is null)
        {
            throw new ToolException(PrometheusErrors.Explain(_http.System, envelope.ErrorType ?? "internal", envelope.Error ?? "an answer without data"));
        }

        return new PrometheusAnswer<T>(
            envelope.Data,
            QueryEnvelope.RemarksOf(envelope.Warnings, envelope.Infos, envelope.Error));
    }

    private void RequireStatus(string? status)
    {
        if (status is not ("success" or "error"))
        {
            throw new ToolException($"{_http.System} answered JSON, but not Prometheus' (no status in it). Check {options.Path}:BaseUrl.");
        }
    }

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, new Uri(path, UriKind.Relative));

    private static HttpRequestMessage Post(string path, IEnumerable<KeyValuePair<string, string>> form) =>
        new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(form) };

    private static IEnumerable<KeyValuePair<string, string>> Matching(string? selector) => selector is null ? [] : [new("match[]", selector)];

    private static IEnumerable<KeyValuePair<string, string>> Within(TimeRange? range) =>
        range is null ? [] : [new("start", Seconds(range.From)), new("end", Seconds(range.To))];

    private static string Seconds(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
