using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>How requests are made; which there are is in the other parts.</summary>
internal sealed partial class GitHubClient(ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IGitHubApi, IDisposable
{
    private const int LargestPage = 100;

    // Pages may come empty; a list that leads in a circle must end all the same.
    private const int MostPages = 100;

    private readonly SystemHttp _http = new(GitHubIntegration.SystemName, options, clients, GitHubErrors.Explain);
    private readonly GitHubArchives _archives = new(options, clients);
    private readonly WritePace _pace = new(clock);

    public void Dispose() => _pace.Dispose();

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _http.ReadAsync(Request(HttpMethod.Get, path), Answer.Json(type), cancellationToken);

    private Task<Paged<T>> ListAsync<T>(string path, JsonTypeInfo<List<T>> type, int most, CancellationToken cancellationToken) =>
        PagesAsync(path, type, static page => page, most, cancellationToken);

    /// <summary>Page after page as GitHub names them, until there are enough or no more.</summary>
    private async Task<Paged<T>> PagesAsync<TPage, T>(string path, JsonTypeInfo<TPage> type, Func<TPage, List<T>?> itemsOf, int most, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var next = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}per_page={Math.Clamp(most, 1, LargestPage)}";
        for (var pages = 0; pages < MostPages; pages++)
        {
            var (page, link) = await _http.ReadAsync(
                Request(HttpMethod.Get, next), new Answer<(TPage, Uri?)>(async (response, body, token) => (await Answer.JsonAsync(body, type, token), LinkHeader.Next(response.Headers))), cancellationToken);
            items.AddRange(itemsOf(page) ?? throw new ToolException($"{_http.System} answered /{path.Split('?')[0]} with a page that holds no list."));
            if (link is null || items.Count >= most)
            {
                return new Paged<T>(items.Count > most ? items[..most] : items, items.Count > most || link is not null);
            }

            next = GitHubAddress.Below(options.BaseUrl, link) ?? throw new ToolException(
                $"{_http.System} continues a list at {PlainAddress.Show(link)}, which is outside {options.Path}:BaseUrl; it was not followed. Check that BaseUrl is the address GitHub knows itself by.");
        }

        return new Paged<T>(items, MoreExist: true);
    }

    private Task<TAnswer> WriteAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = Request(method, path);
        request.Content = content;
        return _pace.InTurnAsync(() => _http.ChangeAsync(request, Answer.Json(answerType), cancellationToken), cancellationToken);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path) => new(method, new Uri(path, UriKind.Relative));

    private static string Query(params (string Name, string? Value)[] parts)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parts.Where(part => part.Value is not null))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        }

        return query.ToString();
    }

    /// <summary>Null for a 404 of GitHub itself, which here is an answer.</summary>
    private Task<T?> FindAsync<T>(string path, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
        where T : class =>
        _http.ReadAsync(
            Request(HttpMethod.Get, path),
            new Answer<T?>(async (response, body, token) => response.StatusCode != HttpStatusCode.NotFound ? await parse(body, token)
                : response.Content.Headers.ContentType?.MediaType == "application/json" ? null
                : throw new ToolException($"{_http.System} answered /{path.Split('?')[0]} with a 404 that is not GitHub's own. Check {options.Path}:BaseUrl; a proxy may be in between."))
            {
                Also = HttpStatusCode.NotFound,
            },
            cancellationToken);
}
