using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Grafana;

internal sealed class GrafanaClient(ConnectionOptions options, TimeSpan renderTimeout, IHttpClientFactory clients) : IGrafanaApi
{
    private readonly SystemHttp _http = new(GrafanaIntegration.SystemName, options, clients, GrafanaErrors.Explain);
    private readonly SystemHttp _slow = new(GrafanaIntegration.SystemName, options with { Timeout = renderTimeout }, clients, GrafanaErrors.Explain);

    public Task<GrafanaHealth> HealthAsync(CancellationToken cancellationToken) => GetAsync("api/health", GrafanaJson.Default.GrafanaHealth, cancellationToken);

    public async Task<IReadOnlyList<DashboardHit>> SearchAsync(DashboardSearch search, CancellationToken cancellationToken) =>
        await GetAsync(
            "api/search" + Query([new("type", "dash-db"), new("query", search.Words), .. search.Tags.Select(tag => Pair("tag", tag)), new("limit", Text(search.Limit))]),
            GrafanaJson.Default.ListDashboardHit,
            cancellationToken);

    public async Task<DashboardAnswer> DashboardAsync(GrafanaUid uid, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"api/dashboards/uid/{uid}", GrafanaJson.Default.DashboardAnswer, cancellationToken);
        return answer.Dashboard.ValueKind != JsonValueKind.Undefined
            ? answer
            : throw new ToolException($"{_http.System} answered JSON without a dashboard in it. Check that {options.Path}:BaseUrl is Grafana.");
    }

    public async Task<IReadOnlyList<DataSource>> DataSourcesAsync(CancellationToken cancellationToken) =>
        await GetAsync("api/datasources", GrafanaJson.Default.ListDataSource, cancellationToken);

    public Task<ProxiedAnswer> ProxyAsync(ProxyPath path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var request = path.Method == HttpMethod.Get
            ? Request(HttpMethod.Get, path.Relative + Query(form.Select(pair => Pair(pair.Key, pair.Value))))
            : Request(HttpMethod.Post, path.Relative, new FormUrlEncodedContent(form));
        return _http.ReadAsync(request, Answer.Json(GrafanaJson.Default.ProxiedAnswer), cancellationToken);
    }

    public Task<byte[]> RenderAsync(PanelPicture picture, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get, $"render/d-solo/{picture.Dashboard}" + Query(
        [
            new("panelId", Text(picture.Panel)),
            new("width", Text(picture.Width)),
            new("height", Text(picture.Height)),
            new("from", Text(picture.Range.From.ToUnixTimeMilliseconds())),
            new("to", Text(picture.Range.To.ToUnixTimeMilliseconds())),
            new("tz", "UTC"),
            new("orgId", picture.OrganizationId is { } organization ? Text(organization) : null),
            .. picture.Variables.Select(variable => Pair($"var-{variable.Key}", variable.Value)),
        ]));
        request.Headers.Accept.ParseAdd("image/png");
        return _slow.ReadAsync(
            request, new Answer<byte[]>((response, body, token) => PanelImage.ReadAsync(_slow.System, response.Content.Headers.ContentType?.MediaType, body, token)), cancellationToken);
    }

    public async Task<IReadOnlyList<Annotation>> AnnotationsAsync(AnnotationSearch search, CancellationToken cancellationToken) =>
        await GetAsync(
            "api/annotations" + Query(
            [
                new("from", search.Range is { } range ? Text(range.From.ToUnixTimeMilliseconds()) : null),
                new("to", search.Range is { } until ? Text(until.To.ToUnixTimeMilliseconds()) : null),
                new("dashboardUID", search.Dashboard?.Value),
                .. search.Tags.Select(tag => Pair("tags", tag)),
                new("limit", Text(search.Limit)),
            ]),
            GrafanaJson.Default.ListAnnotation,
            cancellationToken);

    public async Task<long> CreateAnnotationAsync(NewAnnotation annotation, CancellationToken cancellationToken)
    {
        var created = await _http.ChangeAsync(
            Request(HttpMethod.Post, "api/annotations", Json(annotation, GrafanaJson.Default.NewAnnotation)),
            Answer.Json(GrafanaJson.Default.AnnotationCreated),
            cancellationToken);
        return created.Id ?? throw new ToolException($"{_http.System} accepted the annotation but gave no id. Look with grafana_list_annotations before trying again.");
    }

    public Task UpdateAnnotationAsync(long id, AnnotationUpdate update, CancellationToken cancellationToken) =>
        _http.ChangeAsync(
            Request(HttpMethod.Patch, $"api/annotations/{Text(id)}", Json(update, GrafanaJson.Default.AnnotationUpdate)),
            Answer.Ignored,
            cancellationToken);

    public async Task<AlertRuleGroups> AlertRulesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/prometheus/grafana/api/v1/rules", GrafanaJson.Default.AlertRulesAnswer, cancellationToken)).Data
        ?? throw new ToolException($"{_http.System} answered its alert rules without data. Check that {options.Path}:BaseUrl is Grafana.");

    public async Task<IReadOnlyList<AlertSilence>> SilencesAsync(CancellationToken cancellationToken) =>
        await GetAsync("api/alertmanager/grafana/api/v2/silences", GrafanaJson.Default.ListAlertSilence, cancellationToken);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _http.ReadAsync(Request(HttpMethod.Get, path), Answer.Json(type), cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null) =>
        new(method, new Uri(path, UriKind.Relative)) { Content = content };

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Leaves out what has no value.</summary>
    private static string Query(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        var given = pairs.Where(pair => pair.Value is not null).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value!)}");
        return "?" + string.Join('&', given);
    }

    private static KeyValuePair<string, string?> Pair(string name, string? value) => new(name, value);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
