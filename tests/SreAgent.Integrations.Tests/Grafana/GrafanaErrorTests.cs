using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Grafana's refusals, worded for whoever must act next.</summary>
public class GrafanaErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(404, """{"message":"Dashboard not found","status":"not-found","messageId":"dashboards.notFound","traceID":"7f"}""", "shows us no dashboard with uid shop (404: Dashboard not found; dashboards.notFound, trace 7f). Find its uid with grafana_search_dashboards")]
    [InlineData(401, """{"message":"Invalid API key","messageId":"api-key.invalid","traceID":""}""", "does not accept our token (401: Invalid API key; api-key.invalid). Check Integrations:Grafana:Token or TokenFile")]
    [InlineData(403, """{"accessErrorId":"ACE1","message":"You'll need additional permissions to perform this action. Permissions needed: dashboards:read","title":"Access denied"}""", "Permissions needed: dashboards:read). Whoever runs it grants the service account what is missing")]
    [InlineData(412, """{"status":"version-mismatch","message":"The dashboard has been changed by someone else"}""", "was changed by somebody else since it was read (412: The dashboard has been changed by someone else). Read it again")]
    [InlineData(412, """{"status":"name-exists","message":"A dashboard with that name exists"}""", "Choose another name.")]
    [InlineData(422, """{"message":"Limit is above maximum allowed"}""", "does not accept that (422: Limit is above maximum allowed)")]
    [InlineData(500, """{"message":"Failed to get dashboard"}""", "refused GET /api/dashboards/uid/shop (500: Failed to get dashboard). Ask again later")]
    [InlineData(406, """{"kind":"Status","status":"Failure","message":"dashboard api version not supported","code":406}""", "(406: dashboard api version not supported)")]
    [InlineData(400, """{"message":{"odd":"shape"},"status":400}""", "refused GET /api/dashboards/uid/shop with 400")]
    [InlineData(418, "[1,2]", "with 418")]
    public async Task A_refusal_says_what_to_do(int status, string body, string sentence)
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/dashboards/uid/shop", Json(body, (HttpStatusCode)status)));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.GetDashboardAsync("shop", cancellationToken: Token));

        Assert.StartsWith("Grafana at http://grafana.test/g ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Equal(status >= 500, fault.Retryable);
    }

    [Fact]
    public async Task A_login_page_is_recognised()
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/search", () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { { "Location", "/login" } } }));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.SearchDashboardsAsync(cancellationToken: Token));

        Assert.Contains("redirects GET /api/search to /login", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_message_ever_holds_the_token()
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/search", Json("""{"message":"no"}""", HttpStatusCode.Unauthorized)));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.SearchDashboardsAsync(cancellationToken: Token));

        Assert.DoesNotContain("glsa_unit", fault.ToString(), StringComparison.Ordinal);
    }
}
