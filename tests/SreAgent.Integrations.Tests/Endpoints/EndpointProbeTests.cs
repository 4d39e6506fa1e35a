using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Endpoints;
using static SreAgent.Testing.Http.LoopbackStub;

namespace SreAgent.Integrations.Tests.Endpoints;

/// <summary>What a service's own address can answer, over real sockets.</summary>
public class EndpointProbeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_expected_is_fine()
    {
        await using var stub = Saying(Reply(200, "application/json", """{"status":"ok"}"""));

        var answer = await AskAsync(new EndpointExpectation("health", new Uri(stub.Address, "healthz?key=s3cret"), Contains: "\"ok\""));

        Assert.True(answer.AsExpected, answer.Detail);
        Assert.Matches(@"^health \(GET http://127\.0\.0\.1:\d+/healthz\) answered 200 in \d+ ms\.$", answer.Detail);
    }

    [Fact]
    public async Task Another_status_is_said_with_the_services_own_words()
    {
        await using var stub = Saying(Reply(503, "text/plain", "database\r\n\tis \u001b[31mgone" + new string('!', 500)));

        var answer = await AskAsync(new EndpointExpectation("health", stub.Address));

        Assert.False(answer.AsExpected);
        Assert.Contains("answered 503", answer.Detail, StringComparison.Ordinal);
        Assert.Contains("expected 200; it said 'database is [31mgone!!!", answer.Detail, StringComparison.Ordinal);
        Assert.True(answer.Detail.Length < 300, answer.Detail);
        Assert.DoesNotContain(answer.Detail, char.IsControl);
    }

    [Fact]
    public async Task Another_status_can_be_the_expected_one()
    {
        await using var stub = Saying(Reply(401, "text/plain", "who are you"));

        Assert.True((await AskAsync(new EndpointExpectation("closed door", stub.Address, Status: 401))).AsExpected);
    }

    [Fact]
    public async Task A_text_that_is_missing_is_said()
    {
        await using var stub = Saying(Reply(200, "text/html", "<h1>Out of stock</h1>"));

        var answer = await AskAsync(new EndpointExpectation("buy one item", stub.Address, Contains: "Thank you"));

        Assert.False(answer.AsExpected);
        Assert.Contains("but without 'Thank you'; it said '<h1>Out of stock</h1>'", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        var visited = false;
        await using var elsewhere = Doing((_, stream, token) =>
        {
            visited = true;
            return stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), token).AsTask();
        });
        await using var stub = Saying($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}login?next=secret\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var answer = await AskAsync(new EndpointExpectation("health", stub.Address));

        Assert.False(answer.AsExpected);
        Assert.Contains($"redirecting to {elsewhere.Address}login (not followed)", answer.Detail, StringComparison.Ordinal);
        Assert.False(visited);
    }

    [Fact]
    public async Task A_body_without_end_is_judged_by_its_beginning()
    {
        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nready "u8.ToArray(), token);
            var block = new byte[64 * 1024];
            Array.Fill(block, (byte)'x');
            for (var i = 0; i < 1000; i++)
            {
                await stream.WriteAsync(block, token);
            }
        });

        Assert.True((await AskAsync(new EndpointExpectation("health", stub.Address, Contains: "ready"))).AsExpected);
        Assert.Contains("without 'done' in its first 256 KB", (await AskAsync(new EndpointExpectation("health", stub.Address, Contains: "done"))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_is_an_answer()
    {
        await using var stub = Doing((_, _, token) => Task.Delay(Timeout.Infinite, token));

        var answer = await AskAsync(new EndpointExpectation("health", stub.Address), TimeSpan.FromMilliseconds(200));

        Assert.False(answer.AsExpected);
        Assert.Contains("did not answer within 0.2 s", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_on_too()
    {
        await using var stub = Doing(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nre"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        });

        Assert.Contains("did not answer within", (await AskAsync(new EndpointExpectation("health", stub.Address), TimeSpan.FromMilliseconds(200))).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "cannot be connected to")]
    [InlineData("http://nobody.invalid/", "has a name that cannot be resolved")]
    [InlineData("ftp://127.0.0.1/", "its address is not http:// or https://")]
    public async Task What_cannot_be_reached_says_why(string address, string sentence)
    {
        var answer = await AskAsync(new EndpointExpectation("health", new Uri(address)));

        Assert.False(answer.AsExpected);
        Assert.Contains(sentence, answer.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", "https://localhost", "signed by an authority this host does not trust")]
    [InlineData("elsewhere.example", "https://localhost", "its certificate is")]
    public async Task A_certificate_that_will_not_do_is_worded(string name, string address, string sentence)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        await using var stub = Saying(Reply(200, "text/plain", "ok"), certificate);

        var answer = await AskAsync(new EndpointExpectation("health", new Uri($"{address}:{stub.Address.Port}/")));

        Assert.False(answer.AsExpected);
        Assert.Contains("has no secure connection: ", answer.Detail, StringComparison.Ordinal);
        Assert.Contains(sentence, answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_dropped_in_the_middle_is_said()
    {
        await using var stub = Saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");

        Assert.Contains("broke off its answer", (await AskAsync(new EndpointExpectation("health", stub.Address))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_what_it_claims_is_said()
    {
        await using var stub = Saying("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\nConnection: close\r\n\r\nthis is not gzip, no");

        Assert.Contains("whose compression cannot be undone", (await AskAsync(new EndpointExpectation("health", stub.Address))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_once_and_as_nobody()
    {
        var heads = new List<string>();
        await using var stub = Doing((head, stream, token) =>
        {
            heads.Add(head);
            return stream.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), token).AsTask();
        });

        await AskAsync(new EndpointExpectation("health", stub.Address));

        var head = Assert.Single(heads);
        Assert.StartsWith("GET / HTTP/1.1", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Our_own_cancellation_stays_a_cancellation()
    {
        await using var stub = Doing((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var services = Services();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => services.GetRequiredService<IEndpointProbe>().AskAsync(new EndpointExpectation("health", stub.Address), cancelled.Token));
    }

    private static async Task<EndpointAnswer> AskAsync(EndpointExpectation expectation, TimeSpan? patience = null)
    {
        using var services = Services();
        var probe = patience is { } least
            ? new EndpointProbe(services.GetRequiredService<IHttpClientFactory>(), TimeProvider.System, least)
            : services.GetRequiredService<IEndpointProbe>();
        return await probe.AskAsync(expectation, Token);
    }

    private static ServiceProvider Services() => new ServiceCollection().AddEndpoints().BuildServiceProvider();
}
