using System.Net.Http.Headers;

namespace SreAgent.Testing.Specs;

/// <summary>One request and its answer, as they went over the wire.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">Still escaped, without the query.</param>
public sealed record ApiExchange(string Method, string Path)
{
    /// <summary>Names and values unescaped, in order; a name may occur several times.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlySet<string> RequestHeaders { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Without parameters: <c>application/json</c>. Absent when there is no body.</summary>
    public string? RequestType { get; init; }

    public ReadOnlyMemory<byte> RequestBody { get; init; }

    public int Status { get; init; }

    /// <inheritdoc cref="RequestType"/>
    public string? ResponseType { get; init; }

    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>Reads both sides into memory; whoever reads them next finds them untouched.</summary>
    public static async Task<ApiExchange> OfAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        var address = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        return new ApiExchange(request.Method.Method, address.AbsolutePath)
        {
            Query = QueryOf(address.Query),
            RequestHeaders = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase),
            RequestType = TypeOf(request.Content?.Headers),
            RequestBody = request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken),
            Status = (int)response.StatusCode,
            ResponseType = TypeOf(response.Content.Headers),
            ResponseBody = await response.Content.ReadAsByteArrayAsync(cancellationToken),
        };
    }

    private static string? TypeOf(HttpContentHeaders? headers) => headers?.ContentType?.MediaType;

    private static KeyValuePair<string, string>[] QueryOf(string query) =>
    [
        .. query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(Unescaped(pair[0]), pair.Length > 1 ? Unescaped(pair[1]) : "")),
    ];

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
