using System.Net;
using System.Text;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>
/// Grafana as far as a panel query needs it: one dashboard, its data sources, and a data-source proxy in front of a real server. Passes on
/// whatever it is asked to, as Grafana does, so that only our own side keeps writes out.
/// </summary>
internal sealed class ProxyStandIn(string dashboard, Uri behind) : HttpMessageHandler
{
    private const string Proxy = "/g/api/datasources/proxy/uid/prom/";

    private readonly HttpMessageInvoker _passOn = new(new SocketsHttpHandler());
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked => _asked;

    /// <summary>What GET /api/datasources answers; 403 when absent.</summary>
    public string? Sources { get; init; } =
        """[{"uid":"prom","name":"Main","type":"prometheus","isDefault":true,"jsonData":{"timeInterval":"15s"}},{"uid":"lokiuid","name":"Logs","type":"loki","isDefault":false}]""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? "" : Uri.UnescapeDataString((await request.Content.ReadAsStringAsync(cancellationToken)).Replace('+', ' '));
        lock (_asked)
        {
            _asked.Add($"{request.Method} {path} {body}".TrimEnd());
        }

        return path switch
        {
            "/g/api/dashboards/uid/shop" => Json(dashboard),
            "/g/api/datasources" => Sources is { } sources ? Json(sources) : Json("""{"message":"You'll need additional permissions","accessErrorId":"ACE1"}""", HttpStatusCode.Forbidden),
            _ when path.StartsWith(Proxy, StringComparison.Ordinal) => await PassOnAsync(request, path[Proxy.Length..], cancellationToken),
            _ => Json("""{"message":"Data source not found"}""", HttpStatusCode.NotFound),
        };
    }

    protected override void Dispose(bool disposing)
    {
        _passOn.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> PassOnAsync(HttpRequestMessage request, string native, CancellationToken cancellationToken)
    {
        using var passed = new HttpRequestMessage(request.Method, new Uri(behind, native + request.RequestUri!.Query));
        passed.Content = request.Content is null ? null : new ByteArrayContent(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        if (passed.Content is { } content)
        {
            content.Headers.ContentType = request.Content!.Headers.ContentType;
        }

        return await _passOn.SendAsync(passed, cancellationToken);
    }

    private static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
