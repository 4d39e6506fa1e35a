using System.Text;
using System.Text.Json;
using SreAgent.Core.Redaction;
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
    public Task<T> ReadAsync<T>(HttpRequestMessage request, Answer<T> answer, CancellationToken cancellationToken)
    {
        RetryHandler.MarkAsRead(request);
        return ExchangeAsync(request, isRead: true, answer, cancellationToken);
    }

    /// <summary>Changes something. Sent once.</summary>
    public Task<T> ChangeAsync<T>(HttpRequestMessage request, Answer<T> answer, CancellationToken cancellationToken) =>
        ExchangeAsync(request, isRead: false, answer, cancellationToken);

    private async Task<T> ExchangeAsync<T>(HttpRequestMessage request, bool isRead, Answer<T> answer, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!; // Whoever asks gives one.
        var asked = $"{request.Method} /{(address.IsAbsoluteUri ? address.AbsolutePath : address.OriginalString).TrimStart('/').Split('?')[0]}";
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        LimitedStream? body = null;
        try
        {
            using var client = clients.CreateClient(name);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            body = new LimitedStream(
                await response.Content.ReadAsStreamAsync(deadline.Token), options.MaxResponseBytes, $"{options.Path}:MaxResponseMegabytes");
            if ((response.IsSuccessStatusCode && !SaysItIsText(response)) || response.StatusCode == answer.Also)
            {
                return await answer.Read(response, body, deadline.Token);
            }

            var refusal = await ReadRefusalAsync(response, asked, body, deadline.Token);
            if (answer.Refused is { } refused)
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
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or JsonException)
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

    /// <remarks>Some systems repeat what they were sent. Their words go far, also into plans and steps that are kept, so ours are taken out here.</remarks>
    private async Task<HttpRefusal> ReadRefusalAsync(HttpResponseMessage response, string asked, LimitedStream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[RefusalBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return new HttpRefusal(
            System, options.Path, asked, response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location,
            response.Headers.RetryAfter?.Delta, new Redactor(options.Secrets()).Redact(Encoding.UTF8.GetString(buffer, 0, length)))
        {
            Headers = response.Headers,
            AddressSetting = options.AddressSetting,
            RequestId = RequestIdHeaders.Select(header => response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null).FirstOrDefault(id => id is not null),
        };
    }
}
