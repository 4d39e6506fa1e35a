using System.IO.Compression;
using System.Net;
using System.Text;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.LoopbackStub;

namespace SreAgent.Integrations.Tests.Http;

/// <summary>What the network can do to a question, over real sockets.</summary>
public class PipelineTests
{
    private const string Empty = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_connection_says_where_and_what_to_check()
    {
        var fault = await FaultAsync("http://127.0.0.1:1/");

        Assert.Contains("No connection to Prometheus at http://127.0.0.1:1:", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Integrations:Prometheus:BaseUrl", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
    }

    [Fact]
    public async Task An_unknown_name_says_so() =>
        Assert.Contains("The name nobody.invalid of", (await FaultAsync("http://nobody.invalid:9090/")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_on()
    {
        await using var stub = Doing((_, _, token) => Task.Delay(Timeout.Infinite, token));

        var fault = await FaultAsync(stub.Address.ToString(), ("TimeoutSeconds", "1"));

        Assert.Contains("did not answer POST /api/v1/query within 1 s", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
    }

    [Fact]
    public async Task A_body_that_trickles_forever_is_given_up_on_too()
    {
        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"status\":"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        });

        Assert.Contains("within 1 s", (await FaultAsync(stub.Address.ToString(), ("TimeoutSeconds", "1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_cancellation_stays_a_cancellation()
    {
        await using var stub = Doing((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var wired = Wired.Prom(stub.Address);
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wired.Prometheus.QueryAsync("up", cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task A_connection_dropped_in_the_middle_is_not_mistaken_for_an_answer()
    {
        await using var stub = Saying($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{Empty[..40]}");

        Assert.Contains("broke off its answer to POST /api/v1/query after 40 bytes", (await FaultAsync(stub.Address.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_cut_short_without_a_length_is_noticed()
    {
        await using var stub = Saying($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{Empty[..40]}");

        Assert.Contains("JSON that stops or makes no sense after 40 bytes", (await FaultAsync(stub.Address.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_ten_times_too_large_is_not_read_to_its_end()
    {
        var sent = 0L;
        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"status\":\"success\",\"data\":{\"result\":[\""u8.ToArray(), token);
            var block = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
            for (; sent < 10 << 20; sent += block.Length)
            {
                await stream.WriteAsync(block, token);
            }
        });

        var fault = await FaultAsync(stub.Address.ToString(), ("MaxResponseMegabytes", "1"));

        Assert.Contains("larger than 1 MB and was not read further", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Integrations:Prometheus:MaxResponseMegabytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_counts_what_comes_out_of_compression()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.ASCII.GetBytes("{\"status\":\"" + new string('x', 3 << 20)), Token);
        }

        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {packed.Length}\r\n\r\n"), token);
            await stream.WriteAsync(packed.ToArray(), token);
        });

        Assert.Contains("larger than 1 MB", (await FaultAsync(stub.Address.ToString(), ("MaxResponseMegabytes", "1"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_does_not_unpack_is_told_as_that(string encoding)
    {
        using var packed = new MemoryStream();
        await using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            await packing.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => (i * 7919).ToString("x", System.Globalization.CultureInfo.InvariantCulture)))), Token);
        }

        var bytes = packed.ToArray();
        for (var i = 40; i < bytes.Length; i += 3)
        {
            bytes[i] ^= 0x5A;
        }

        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n"), token);
            await stream.WriteAsync(bytes, token);
        });

        // What comes out before the damage is no JSON either; read whole, the damage is met first.
        using var wired = Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Integrations:Prometheus:BaseUrl"] = stub.Address.ToString() });
        var http = new SystemHttp("Prometheus", new ConnectionOptions { Path = "Integrations:Prometheus", BaseUrl = stub.Address }, wired.Get<IHttpClientFactory>(), static _ => null);

        var fault = await Assert.ThrowsAsync<ToolException>(() => http.ReadAsync(new HttpRequestMessage(HttpMethod.Get, new Uri("x", UriKind.Relative)), Answer.Of(WholeAsync), Token));

        Assert.Contains("with a body that does not unpack after", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
    }

    [Fact]
    public async Task A_body_whose_end_is_missing_is_told_with_what_came()
    {
        await using var stub = Saying($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n28\r\n{Empty[..40]}\r\n");

        Assert.Contains("broke off its answer to POST /api/v1/query after 40 bytes", (await FaultAsync(stub.Address.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_repeats_our_token_does_not_pass_it_on()
    {
        await using var stub = Saying(Reply(403, "application/json", """{"message":"not for the bearer of our-own-token-123"}"""));

        var fault = await FaultAsync(stub.Address.ToString(), ("Token", "our-own-token-123"));

        Assert.DoesNotContain("our-own-token-123", fault.Message, StringComparison.Ordinal);
        Assert.Contains("[redacted:configured]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_is_asked_again_when_the_trouble_passes()
    {
        var stub = new StubHandler().On(
            HttpMethod.Post, "/api/v1/query",
            StubHandler.Body("starting", "text/plain", HttpStatusCode.ServiceUnavailable),
            StubHandler.Body("bad gateway", "text/html", HttpStatusCode.BadGateway),
            StubHandler.Json(Empty));
        using var wired = Wired.Stubbed(stub);

        Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("up", cancellationToken: Token));
        Assert.Equal(3, stub.Asked.Count);
        Assert.All(stub.Asked, asked => Assert.StartsWith("query=up&", asked.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_longer_than_a_person_has_is_told_instead_of_waited()
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v1/query", () => new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            Headers = { { "Retry-After", "60" } },
        });
        using var wired = Wired.Stubbed(stub);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("up", cancellationToken: Token));

        Assert.Contains("Wait 60 s", fault.Message, StringComparison.Ordinal);
        Assert.Single(stub.Asked);
    }

    private static async Task<byte[]> WholeAsync(Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    private static async Task<ToolException> FaultAsync(string address, params (string Name, string Value)[] settings)
    {
        using var wired = Wired.Prom(address, clock: null, settings);
        return await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("up", cancellationToken: Token));
    }
}
