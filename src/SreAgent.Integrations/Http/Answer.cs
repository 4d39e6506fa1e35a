using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SreAgent.Integrations.Http;

/// <summary>What to make of a system's answer.</summary>
/// <param name="Read">Of a success. Most need the body alone; some are not understood without status and headers.</param>
internal sealed record Answer<T>(Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> Read)
{
    /// <summary>What a refusal means to the caller. Absent: it is thrown.</summary>
    public Func<HttpRefusal, T>? Refused { get; init; }

    /// <summary>A status that is read like a success.</summary>
    public HttpStatusCode? Also { get; init; }
}

internal static class Answer
{
    /// <summary>Nothing of it is of interest.</summary>
    public static Answer<bool> Ignored { get; } = new(static (_, _, _) => Task.FromResult(true));

    public static Answer<T> Of<T>(Func<Stream, CancellationToken, Task<T>> read) => new((_, body, token) => read(body, token));

    public static Answer<T> Json<T>(JsonTypeInfo<T> type) => Of((body, token) => JsonAsync(body, type, token));

    /// <exception cref="JsonException">It is not JSON of that type, or null.</exception>
    public static async Task<T> JsonAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("null instead of an answer");
}
