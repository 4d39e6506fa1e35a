using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Http;

/// <summary>How long a read waits before it is asked again.</summary>
public class RetryTests
{
    private const string Empty = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]}}""";

    private readonly EagerClock _clock = EagerClock.AtNoon();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Too_many_without_a_time_is_waited_for_a_second_and_a_little()
    {
        await AskAsync(Refusing(HttpStatusCode.TooManyRequests), Refusing(HttpStatusCode.TooManyRequests), StubHandler.Json(Empty));

        Assert.Equal(2, _clock.Waits.Count);
        Assert.All(_clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5)));
    }

    [Fact]
    public async Task Too_many_with_a_time_is_waited_for_that_long()
    {
        await AskAsync(Refusing(HttpStatusCode.TooManyRequests, "3"), StubHandler.Json(Empty));

        Assert.Equal([TimeSpan.FromSeconds(3)], _clock.Waits);
    }

    [Fact]
    public async Task A_time_of_day_is_taken_too()
    {
        await AskAsync(Refusing(HttpStatusCode.TooManyRequests, "Fri, 20 Nov 2026 12:00:04 GMT"), StubHandler.Json(Empty));

        Assert.Equal([TimeSpan.FromSeconds(4)], _clock.Waits);
    }

    [Fact]
    public async Task A_bad_gateway_is_not_waited_for_that_long()
    {
        await AskAsync(Refusing(HttpStatusCode.BadGateway), StubHandler.Json(Empty));

        Assert.InRange(Assert.Single(_clock.Waits), TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task After_the_third_refusal_it_is_told()
    {
        var fault = await Assert.ThrowsAsync<ToolException>(() => AskAsync(Refusing(HttpStatusCode.TooManyRequests)));

        Assert.Equal(2, _clock.Waits.Count);
        Assert.True(fault.Retryable);
    }

    private async Task AskAsync(params Func<HttpResponseMessage>[] replies)
    {
        using var wired = Wired.Stubbed(new StubHandler().On(HttpMethod.Post, "/api/v1/query", replies), _clock);
        await wired.Prometheus.QueryAsync("up", cancellationToken: Token);
    }

    private static Func<HttpResponseMessage> Refusing(HttpStatusCode status, string? retryAfter = null) => () =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("no") };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    };
}
