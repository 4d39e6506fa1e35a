using System.Net;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>
/// One exchange with one system: deadline, size limit, and every way it can go wrong turned into a <see cref="ToolException"/> that says
/// what was tried, against what, what came back and what to do. Credentials and queries stay out of messages.
/// </summary>
/// <param name="name">As its settings section and its <see cref="HttpClient"/> are called: <c>Prometheus</c>.</param>
/// <param name="explain">The system's own words for a refusal; null where it has none.</param>
internal sealed class SystemHttp(string name, ConnectionOptions options, IHttpClientFactory clients, Func<HttpRefusal, ToolException?> explain)
{
    private const int RefusalBytes = 64 * 1024;

    private static readonly string[] RequestIdHeaders = ["fly-request-id", "x-request-id"];

    /// <summary>Who is asked, for sentences.</summary>
    public string System { get; } = $"{name} at {PlainAddress.Show(options.BaseUrl)}";

    /// <summary>Asks a question. It may be asked again when the network stumbles.</summary>
    public Task<T> ReadAsync<T>(HttpRequestMessage request, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
    {
        RetryHandler.MarkAsRead(request);
        return ExchangeAsync(request, isRead: true, (_, body, token) => parse(body, token), refused: null, cancellationToken);
    }

    /// <summary>The same, for an answer that is not understood without its status and headers. A status in <paramref name="alsoAnswers"/> is parsed, not refused.</summary>
    public Task<T> ReadAsync<T>(
        HttpRequestMessage request, Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken, params HttpStatusCode[] alsoAnswers)
    {
        RetryHandler.MarkAsRead(request);
        return ExchangeAsync(request, isRead: true, parse, refused: null, cancellationToken, alsoAnswers);
    }

    /// <summary>Asks a question whose refusals are answers too.</summary>
    public Task<T> ReadAsync<T>(
        HttpRequestMessage request, Func<Stream, CancellationToken, Task<T>> parse, Func<HttpRefusal, T> refused, CancellationToken cancellationToken)
    {
        RetryHandler.MarkAsRead(request);
        return ExchangeAsync(request, isRead: true, (_, body, token) => parse(body, token), refused, cancellationToken);
    }

    /// <summary>Changes something. Sent once.</summary>
    public Task<T> ChangeAsync<T>(HttpRequestMessage request, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken) =>
        ExchangeAsync(request, isRead: false, (_, body, token) => parse(body, token), refused: null, cancellationToken);

    /// <summary>Changes something. Sent once; the caller decides what a refusal means.</summary>
    public Task<T> ChangeAsync<T>(
        HttpRequestMessage request, Func<Stream, CancellationToken, Task<T>> parse, Func<HttpRefusal, T> refused, CancellationToken cancellationToken) =>
        ExchangeAsync(request, isRead: false, (_, body, token) => parse(body, token), refused, cancellationToken);

    private async Task<T> ExchangeAsync<T>(
        HttpRequestMessage request, bool isRead, Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> parse, Func<HttpRefusal, T>? refused,
        CancellationToken cancellationToken, params HttpStatusCode[] alsoAnswers)
    {
        var asked = $"{request.Method} /{request.RequestUri!.OriginalString.Split('?')[0]}";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        LimitedStream? body = null;
        try
        {
            using var client = clients.CreateClient(name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            body = new LimitedStream(
                await response.Content.ReadAsStreamAsync(deadline.Token), options.MaxResponseBytes, $"{options.Path}:MaxResponseMegabytes");
            if ((response.IsSuccessStatusCode && !SaysItIsText(response)) || alsoAnswers.Contains(response.StatusCode))
            {
                return await parse(response, body, deadline.Token);
            }

            var refusal = await ReadRefusalAsync(response, asked, body, deadline.Token);
            if (refused is not null)
            {
                return refused(refusal);
            }

            var fault = explain(refusal) ?? new ToolException(refusal.Explain()) { Retryable = refusal.Retryable };

            // A change is never to be tried again without looking first, whatever the system says.
            throw isRead ? fault : new ToolException(fault.Message);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw deadline.IsCancellationRequested
                ? TransportFault.Timeout(e, System, asked, options, isRead)
                : TransportFault.NoConnectionInTime(e, System, options);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw TransportFault.Explain(e, System, asked, options, isRead, body?.Count ?? 0);
        }
        finally
        {
            if (body is not null)
            {
                await body.DisposeAsync();
            }

            request.Dispose();
        }
    }

    private static bool SaysItIsText(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    private async Task<HttpRefusal> ReadRefusalAsync(HttpResponseMessage response, string asked, LimitedStream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[RefusalBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return new HttpRefusal(
            System, options.Path, asked, response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location,
            response.Headers.RetryAfter?.Delta, Encoding.UTF8.GetString(buffer, 0, length))
        {
            Headers = response.Headers,
            AddressSetting = options.AddressSetting,
            RequestId = RequestIdHeaders.Select(header => response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null).FirstOrDefault(id => id is not null),
        };
    }
}
