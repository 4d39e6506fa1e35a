using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly.Api;

/// <summary>What Fly's services have in common on the wire.</summary>
internal sealed class FlyExchange(string name, ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock)
{
    public const string LeaseHeader = "fly-machine-lease-nonce";

    private const int MostWaits = 5;

    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SystemHttp _http = new(name, options, clients, FlyErrors.Explain);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _http.ReadAsync(Request(HttpMethod.Get, path), Answer.Json(type), cancellationToken);

    /// <summary>A question that travels as POST.</summary>
    public Task<T> AskAsync<T>(string path, HttpContent content, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        _http.ReadAsync(Request(HttpMethod.Post, path, content), Answer.Json(type), cancellationToken);

    public Task<FlyReply<T>> TryGetAsync<T>(string path, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
        where T : class =>
        _http.ReadAsync(Request(HttpMethod.Get, path), Accepting(parse), cancellationToken);

    /// <summary>As above, saying which representations are understood.</summary>
    public Task<FlyReply<T>> TryGetAsync<T>(string path, IEnumerable<string> accept, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
        where T : class
    {
        var request = Request(HttpMethod.Get, path);
        foreach (var type in accept)
        {
            request.Headers.Accept.ParseAdd(type);
        }

        return _http.ReadAsync(request, Accepting(parse), cancellationToken);
    }

    /// <summary>
    /// Changes something, once. A 429 comes from the limiter before anything is done, so after the wait it asks for the same request is sent
    /// again; nothing else ever is.
    /// </summary>
    public async Task<FlyReply<T>> ChangeAsync<T>(
        HttpMethod method, string path, Func<HttpContent?> content, string? nonce, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
        where T : class
    {
        for (var waits = 0; ; waits++)
        {
            var request = Request(method, path, content());
            if (nonce is not null)
            {
                request.Headers.TryAddWithoutValidation(LeaseHeader, Nonce(nonce));
            }

            var reply = await _http.ChangeAsync(request, Accepting(parse), cancellationToken);
            var wait = reply.Refusal?.RetryAfter ?? UsualWait;
            if (reply.Refusal?.Status != HttpStatusCode.TooManyRequests || waits >= MostWaits || wait > LongestWait)
            {
                return reply;
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    public static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Names come from models and from other systems; none may climb out of its place in the path.</summary>
    public static string Segment(string name, string what) =>
        name.Length is > 0 and <= 100 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? name
            : throw new ToolException($"'{(name.Length <= 100 ? name : name[..100] + "…")}' is not the name of a Fly {what}: letters, digits and hyphens only.");

    /// <summary>It came in an answer, and goes into a header.</summary>
    private static string Nonce(string nonce) =>
        nonce.Length is > 0 and <= 1000 && nonce.All(static character => character is > ' ' and <= '~')
            ? nonce
            : throw new ToolException("Fly gave a lease nonce that no header can carry; nothing was sent. Its lease ends by itself.");

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null) =>
        new(method, new Uri(path, UriKind.Relative)) { Content = content };

    private static Answer<FlyReply<T>> Accepting<T>(Func<Stream, CancellationToken, Task<T>> parse)
        where T : class =>
        Answer.Of(async (body, token) => new FlyReply<T>(await parse(body, token), Refusal: null)) with
        {
            Refused = static refusal => new FlyReply<T>(Value: null, FlyRefusal.From(refusal)),
        };
}
