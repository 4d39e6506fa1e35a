using System.Net;
using System.Text;

namespace SreAgent.Testing.Http;

/// <summary>Answers the requests a test has registered, keeps what was asked, and throws on anything else.</summary>
public sealed class StubHandler : HttpMessageHandler
{
    private readonly List<(HttpMethod Method, string Path, Queue<Func<HttpResponseMessage>> Replies)> _routes = [];
    private readonly List<StubRequest> _asked = [];

    public IReadOnlyList<StubRequest> Asked => _asked;

    /// <summary>Registers replies to a method and path, given in turn; the last one stays.</summary>
    public StubHandler On(HttpMethod method, string path, params Func<HttpResponseMessage>[] replies)
    {
        _routes.Add((method, path, new Queue<Func<HttpResponseMessage>>(replies)));
        return this;
    }

    public static Func<HttpResponseMessage> Json(string body, HttpStatusCode status = HttpStatusCode.OK) => Body(body, "application/json", status);

    public static Func<HttpResponseMessage> Body(string body, string mediaType, HttpStatusCode status) =>
        () => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.AbsolutePath; // HttpClient has made it absolute.
        _asked.Add(new StubRequest(request.Method, path, Uri.UnescapeDataString(request.RequestUri.Query), body, request.Headers.ToString()));
        foreach (var (_, _, replies) in _routes.Where(route => route.Method == request.Method && route.Path == path))
        {
            return (replies.Count > 1 ? replies.Dequeue() : replies.Peek())();
        }

        throw new InvalidOperationException($"Nobody registered a reply to {request.Method} {request.RequestUri}.");
    }
}

public sealed record StubRequest(HttpMethod Method, string Path, string Query, string Body, string Headers);
