using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Prometheus;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Prometheus;

/// <summary>Refusals and half answers, as servers word them.</summary>
public class ErrorShapeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "bad_data", "invalid parameter \\\"query\\\": 1:8: parse error: unexpected end of input", "line 1, column 8: unexpected end of input", false)]
    [InlineData(400, "bad_data", "exceeded maximum resolution of 11,000 points per timeseries.", "Ask for a longer step or a shorter window", false)]
    [InlineData(400, "bad_data", "invalid parameter \\\"time\\\"", "does not accept the question: invalid parameter \"time\"", false)]
    [InlineData(422, "execution", "found duplicate series for the match group; many-to-many matching not allowed", "group_left", false)]
    [InlineData(422, "execution", "query processing would load too many samples into memory", "Narrow the selector", false)]
    [InlineData(503, "timeout", "query timed out in expression evaluation", "gave up on the query", true)]
    [InlineData(503, "canceled", "context canceled", "cancelled the query", true)]
    [InlineData(500, "unavailable", "admin APIs disabled", "switched off", true)]
    [InlineData(500, "internal", "tsdb is closed", "Its own log says more", true)]
    [InlineData(404, "not_found", "no such thing", "does not know POST /api/v1/query (404)", false)]
    public async Task An_error_of_Prometheus_own_is_a_sentence_with_a_next_step(int status, string type, string error, string sentence, bool retryable)
    {
        var stub = new StubHandler().On(
            HttpMethod.Post, "/api/v1/query", Json($$"""{"status":"error","errorType":"{{type}}","error":"{{error}}"}""", (HttpStatusCode)status));

        var fault = await FaultAsync(stub);

        Assert.StartsWith("Prometheus at http://prometheus.test:9090", fault.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Equal(retryable, fault.Retryable);
        Assert.Single(stub.Asked);
    }

    [Theory]
    [InlineData(404, "text/plain", "404 page not found", "Either it is a version too old for it")]
    [InlineData(401, "text/plain", "Unauthorized", "does not accept our credentials (401")]
    [InlineData(403, "text/plain", "Forbidden", "knows us but forbids")]
    [InlineData(200, "text/html", "<!DOCTYPE html><title>Sign in\n to Acme</title>", "web page titled 'Sign in to Acme' (200)")]
    [InlineData(500, "text/html", "<html><body>oops</body></html>", "web page (500)")]
    [InlineData(418, "text/plain", "short and stout", "refused POST /api/v1/query with 418: short and stout.")]
    [InlineData(200, "text/plain", "OK", "something that is not its JSON (text/plain: OK)")]
    [InlineData(200, "application/json", "{\"message\":\"hello\"}", "JSON, but not Prometheus'")]
    [InlineData(200, "application/json", "[]", "JSON that stops or makes no sense")]
    [InlineData(200, "application/json", "", "JSON that stops or makes no sense after 0 bytes")]
    public async Task An_answer_of_something_else_says_what_it_was(int status, string mediaType, string body, string sentence)
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v1/query", Body(body, mediaType, (HttpStatusCode)status));

        Assert.Contains(sentence, (await FaultAsync(stub)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed()
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v1/query", () => new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("https://sso.test/login?next=secret") },
        });

        var fault = await FaultAsync(stub);

        Assert.Contains("redirects POST /api/v1/query to https://sso.test/login (302)", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_and_infos_are_kept_as_notes()
    {
        var found = await FoundAsync(
            """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1,"2"]}]},"warnings":["one store is away"],"infos":["not a counter"]}""");

        Assert.Contains("Prometheus warns: one store is away", found.Evidence.Notes);
        Assert.Contains("Prometheus notes: not a counter", found.Evidence.Notes);
    }

    [Fact]
    public async Task Data_next_to_an_error_is_kept_and_marked_as_partial()
    {
        var found = await FoundAsync(
            """{"status":"error","errorType":"execution","error":"a shard is away","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}]}}""");

        Assert.Equal(2, Assert.IsType<InstantResult>(found.Data).Result[0].Value?.Value);
        Assert.Contains(found.Evidence.Notes, note => note.Contains("may be partial: a shard is away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_native_histogram_is_shown_by_count_and_sum_and_said_to_be_one()
    {
        var found = await FoundAsync(
            """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"latency"},"histogram":[1,{"count":"12","sum":"3.5","buckets":[[0,"0.5","1","7"],[0,"1","2","5"]]}]}]}}""");

        Assert.Equal(new HistogramSummary(1, new Reading(12), new Reading(3.5)), Assert.IsType<InstantResult>(found.Data).Result[0].Histogram);
        Assert.Contains(found.Evidence.Notes, note => note.Contains("histogram_quantile()", StringComparison.Ordinal));
    }

    private static async Task<ToolException> FaultAsync(StubHandler stub)
    {
        using var wired = Wired.Stubbed(stub);
        return await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("up", cancellationToken: Token));
    }

    private static async Task<ToolResult.Found> FoundAsync(string body)
    {
        using var wired = Wired.Stubbed(new StubHandler().On(HttpMethod.Post, "/api/v1/query", Json(body)));
        return Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("up", cancellationToken: Token));
    }
}
