using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace SreAgent.Testing.Http;

/// <summary>
/// Answers as a recording did, request by request in its order, and throws on any other. The form is that of Octokit's fixtures: a list of
/// <c>{method, path, body, status, response, headers}</c>. Of a query only the page counts, since how many are asked for is up to the caller.
/// </summary>
public sealed class RecordedHandler : HttpMessageHandler
{
    private readonly Queue<JsonElement> _exchanges;

    private RecordedHandler(IEnumerable<JsonElement> exchanges) => _exchanges = new Queue<JsonElement>(exchanges);

    /// <summary>How many recorded requests nobody has made.</summary>
    public int Left => _exchanges.Count;

    /// <param name="file">The recording.</param>
    /// <param name="skip">Leaves out the first so many exchanges.</param>
    public static RecordedHandler From(string file, int skip = 0)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return new RecordedHandler([.. json.RootElement.EnumerateArray().Skip(skip).Select(exchange => exchange.Clone())]);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_exchanges.TryDequeue(out var exchange))
        {
            throw new InvalidOperationException($"The recording ends before {request.Method} {request.RequestUri}.");
        }

        var wanted = new Uri(new Uri("https://recorded.invalid"), exchange.GetProperty("path").GetString()!);
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        if (!request.Method.Method.Equals(exchange.GetProperty("method").GetString(), StringComparison.OrdinalIgnoreCase)
            || request.RequestUri!.AbsolutePath.TrimEnd('/') != wanted.AbsolutePath.TrimEnd('/') || PageOf(request.RequestUri) != PageOf(wanted))
        {
            throw new InvalidOperationException($"Recorded was {exchange.GetProperty("method")} {wanted.PathAndQuery}, not {request.Method} {request.RequestUri}.");
        }

        if (sent is not null && !JsonElement.DeepEquals(JsonElement.Parse(sent), exchange.GetProperty("body")))
        {
            throw new InvalidOperationException($"Recorded was the body {exchange.GetProperty("body")}, not {sent}.");
        }

        return Answer(exchange);
    }

    private static HttpResponseMessage Answer(JsonElement exchange)
    {
        var response = new HttpResponseMessage((HttpStatusCode)exchange.GetProperty("status").GetInt32())
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(exchange.GetProperty("response").GetRawText())),
        };
        foreach (var header in exchange.GetProperty("headers").EnumerateObject().Where(header => header.Name is not ("content-length" or "connection")))
        {
            var value = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString() : header.Value.GetInt64().ToString(CultureInfo.InvariantCulture);
            _ = response.Headers.TryAddWithoutValidation(header.Name, value) || response.Content.Headers.TryAddWithoutValidation(header.Name, value);
        }

        return response;
    }

    private static string PageOf(Uri address) => address.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("page=", StringComparison.Ordinal)) ?? "";
}
