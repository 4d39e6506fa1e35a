using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Alertmanager;

/// <summary>Alertmanager's refusals and omissions, as its versions word them.</summary>
public class AlertmanagerErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(422, "application/json", "{\"code\":602,\"message\":\"comment in body is required\"}", "does not accept that: comment in body is required.")]
    [InlineData(400, "application/json", "\"silence invalid: at least one matcher must not match the empty string\"", "at least one matcher must not match the empty string")]
    [InlineData(404, "application/json", "", "404")]
    [InlineData(410, "application/json", "", "retired POST /api/v2/silences (410)")]
    [InlineData(500, "application/json", "\"store is gone\"", "refused POST /api/v2/silences (500): store is gone.")]
    public async Task A_refused_silence_says_why_and_is_sent_once(int status, string mediaType, string body, string sentence)
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v2/silences", Body(body, mediaType, (HttpStatusCode)status));
        using var wired = Wired.Stubbed(stub);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.CreateSilenceAsync(["a=\"b\""], "1h", "x", Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Single(stub.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_change_is_never_sent_twice(HttpStatusCode status)
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v2/silences", Body("busy", "text/plain", status));
        using var wired = Wired.Stubbed(stub);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.CreateSilenceAsync(["a=\"b\""], "1h", "x", Token));

        Assert.Single(stub.Asked);
        Assert.False(fault.Retryable);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_said_to_be_unknown()
    {
        var stub = new StubHandler().On(HttpMethod.Post, "/api/v2/silences", () => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        using var wired = Wired.Stubbed(stub);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Alertmanager.CreateSilenceAsync(["a=\"b\""], "1h", "x", Token));

        Assert.Contains("It is unknown whether the change took place", fault.Message, StringComparison.Ordinal);
    }
}
