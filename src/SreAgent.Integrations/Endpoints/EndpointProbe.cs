using System.Globalization;
using System.Text;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Endpoints;

/// <summary>One GET, answered or not. Sends no credentials, follows no redirect, reads a bounded part of the body.</summary>
/// <param name="patience">For the whole exchange.</param>
internal sealed class EndpointProbe(IHttpClientFactory clients, TimeProvider clock, TimeSpan patience) : IEndpointProbe
{
    public const string ClientName = "Endpoints";

    private const int ReadBytes = 256 * 1024;
    private const int QuoteLength = 120;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    public async Task<EndpointAnswer> AskAsync(EndpointExpectation expectation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        if (!expectation.Url.IsAbsoluteUri || expectation.Url.Scheme is not ("http" or "https"))
        {
            return new EndpointAnswer(AsExpected: false, $"{expectation.Name} was not asked: its address is not http:// or https://.");
        }

        var asked = $"{expectation.Name} (GET {PlainAddress.Show(expectation.Url)})";
        var started = clock.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var request = new HttpRequestMessage(HttpMethod.Get, expectation.Url);
            request.Headers.Accept.ParseAdd("*/*");
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            var (body, whole) = await ReadAsync(response, deadline.Token);
            var took = string.Create(CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(started).TotalMilliseconds:0} ms");
            return Judge(expectation, asked, response, body, whole, took);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndpointAnswer(AsExpected: false, string.Create(CultureInfo.InvariantCulture, $"{asked} did not answer within {patience.TotalSeconds:0.#} s."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return new EndpointAnswer(AsExpected: false, $"{asked} {EndpointFault.Explain(e)}");
        }
    }

    private static EndpointAnswer Judge(EndpointExpectation expectation, string asked, HttpResponseMessage response, string body, bool whole, string took)
    {
        var status = (int)response.StatusCode;
        if (status != expectation.Status)
        {
            var where = response.Headers.Location is { } location ? $", redirecting to {PlainAddress.Show(location)} (not followed)" : Quoted(body);
            return new EndpointAnswer(AsExpected: false, $"{asked} answered {status} in {took}, expected {expectation.Status}{where}.");
        }

        if (expectation.Contains is { Length: > 0 } text && !body.Contains(text, StringComparison.Ordinal))
        {
            var part = whole ? "" : $" in its first {ReadBytes / 1024} KB";
            return new EndpointAnswer(AsExpected: false, $"{asked} answered {status} in {took}, but without '{text}'{part}{Quoted(body)}.");
        }

        return new EndpointAnswer(AsExpected: true, $"{asked} answered {status} in {took}.");
    }

    private static async Task<(string Text, bool Whole)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[ReadBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return (Encoding.UTF8.GetString(buffer, 0, length), length < buffer.Length);
    }

    /// <summary>A service's words are quoted, never more than a line of them.</summary>
    private static string Quoted(string body)
    {
        var line = string.Join(' ', new string([.. body.Take(QuoteLength * 4).Select(character => char.IsControl(character) ? ' ' : character)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "" : $"; it said '{(line.Length <= QuoteLength ? line : line[..QuoteLength] + "…")}'";
    }
}
