using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Alertmanager;

internal sealed class AlertmanagerClient(ConnectionOptions options, IHttpClientFactory clients) : IAlertmanagerApi
{
    private readonly SystemHttp _http = new(AlertmanagerIntegration.SystemName, options, clients, AlertmanagerErrors.Explain);

    public Task<AlertmanagerStatus> StatusAsync(CancellationToken cancellationToken) =>
        GetAsync("api/v2/status", AlertmanagerJson.Default.AlertmanagerStatus, cancellationToken);

    public async Task<IReadOnlyList<GettableAlert>> AlertsAsync(IReadOnlyList<AlertMatcher> matchers, CancellationToken cancellationToken)
    {
        var filter = string.Join('&', matchers.Select(matcher => $"filter={Uri.EscapeDataString(matcher.ToString())}"));
        return await GetAsync($"api/v2/alerts?{filter}", AlertmanagerJson.Default.ListGettableAlert, cancellationToken);
    }

    public async Task<IReadOnlyList<GettableSilence>> SilencesAsync(CancellationToken cancellationToken) =>
        await GetAsync("api/v2/silences", AlertmanagerJson.Default.ListGettableSilence, cancellationToken);

    /// <remarks>The whole list is asked: a 404 with an empty body may come from any proxy, and must not read as "no such silence".</remarks>
    public async Task<GettableSilence?> SilenceAsync(Guid id, CancellationToken cancellationToken) =>
        (await SilencesAsync(cancellationToken)).FirstOrDefault(silence => Guid.TryParse(silence.Id, out var other) && other == id);

    public async Task<string> CreateSilenceAsync(PostableSilence silence, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(silence, AlertmanagerJson.Default.PostableSilence));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var created = await _http.ChangeAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri("api/v2/silences", UriKind.Relative)) { Content = content },
            Answer.Json(AlertmanagerJson.Default.SilenceCreated),
            cancellationToken);
        return created.SilenceId ?? throw new ToolException($"{_http.System} accepted the silence but gave no id. Look with alertmanager_list_silences before trying again.");
    }

    public Task ExpireSilenceAsync(Guid id, CancellationToken cancellationToken) =>
        _http.ChangeAsync(
            new HttpRequestMessage(HttpMethod.Delete, new Uri($"api/v2/silence/{id}", UriKind.Relative)),
            Answer.Ignored,
            cancellationToken);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _http.ReadAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), Answer.Json(type), cancellationToken);
}
