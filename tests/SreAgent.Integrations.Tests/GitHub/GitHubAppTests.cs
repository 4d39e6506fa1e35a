using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>Asking as an App: who it says it is, and how its tokens are kept.</summary>
public sealed class GitHubAppTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"sre-agent-app-{Guid.NewGuid():N}.pem");

    public GitHubAppTests() => File.WriteAllText(_file, _key.ExportRSAPrivateKeyPem());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_proves_itself_with_a_token_its_public_key_verifies()
    {
        using var github = App().With("App:InstallationId", "7")
            .Post("/app/installations/7/access_tokens", TokenReply("ghs-first", "2026-11-20T13:00:00Z"))
            .Get("/repos/acme/shop/issues/1", Json(Issue(1)));
        await github.Api.IssueAsync(Shop, 1, Token);

        var parts = Bearer(github.Stub.Asked[0]).Split('.');
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        var now = github.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(_key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal("Iv1.client", claims.GetProperty("iss").GetString());
        Assert.Equal(now - 60, claims.GetProperty("iat").GetInt64());
        Assert.InRange(claims.GetProperty("exp").GetInt64(), now + 60, now + 600);
        Assert.Equal("ghs-first", Bearer(github.Stub.Asked[1]));
    }

    [Fact]
    public async Task One_token_serves_many_calls_and_is_renewed_before_it_ends_by_one_of_them()
    {
        using var github = App().With("App:InstallationId", "7")
            .Post("/app/installations/7/access_tokens", TokenReply("ghs-first", "2026-11-20T13:00:00Z"), TokenReply("ghs-second", "2026-11-20T14:00:00Z"))
            .Get("/repos/acme/shop/issues/1", Json(Issue(1)));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => github.Api.IssueAsync(Shop, 1, Token)));
        github.Clock.Advance(TimeSpan.FromMinutes(56));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => github.Api.IssueAsync(Shop, 1, Token)));

        Assert.Equal(2, github.Writes.Count());
        Assert.Equal(8, github.Stub.Asked.Count(request => Bearer(request) == "ghs-second"));
    }

    [Fact]
    public async Task A_token_GitHub_no_longer_takes_is_forgotten()
    {
        using var github = App().With("App:InstallationId", "7")
            .Post("/app/installations/7/access_tokens", TokenReply("ghs-first", "2026-11-20T13:00:00Z"), TokenReply("ghs-second", "2026-11-20T13:00:00Z"))
            .Get("/repos/acme/shop/issues/1", Json("""{"message":"Bad credentials"}""", HttpStatusCode.Unauthorized), Json(Issue(1)));

        await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));
        await github.Api.IssueAsync(Shop, 1, Token);

        Assert.Equal("ghs-second", Bearer(github.Stub.Asked[^1]));
    }

    [Fact]
    public async Task The_installation_is_found_by_its_owner()
    {
        using var github = App().With("App:Owner", "acme")
            .Get("/app/installations", Json("""[{"id":6,"account":{"login":"other"}},{"id":7,"account":{"login":"Acme"}}]"""))
            .Post("/app/installations/7/access_tokens", TokenReply("ghs-first", "2026-11-20T13:00:00Z"))
            .Get("/repos/acme/shop/issues/1", Json(Issue(1)));

        Assert.Equal(1, (await github.Api.IssueAsync(Shop, 1, Token)).Number);
    }

    [Fact]
    public async Task Several_installations_ask_which()
    {
        using var github = App().Get("/app/installations", Json("""[{"id":6,"account":{"login":"other"}},{"id":7,"account":{"login":"acme"}}]"""));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains("2 installations (other, acme). Say which in Integrations:GitHub:App:Owner", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_names_the_App()
    {
        using var github = App().With("App:InstallationId", "7")
            .Post("/app/installations/7/access_tokens", TokenReply("ghs-first", "2026-11-20T13:00:00Z"))
            .Get("/rate_limit", Json("""{"resources":{"core":{"limit":6000,"remaining":6000,"reset":1,"used":0}}}"""))
            .Get("/app", Json("""{"id":1,"slug":"sre-helper","name":"SRE helper"}"""));

        Assert.Contains("as the App sre-helper, 6,000 of 6,000", (await github.Integration.ProbeAsync(Token)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_names_its_setting_and_shows_nothing_of_it()
    {
        await File.WriteAllTextAsync(_file, "-----BEGIN RSA PRIVATE KEY-----\nTOPSECRET\n-----END RSA PRIVATE KEY-----", Token);
        using var github = App().With("App:InstallationId", "7");

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains("Integrations:GitHub:App:PrivateKeyFile cannot be used", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TOPSECRET", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_and_an_App_exclude_each_other()
    {
        using var github = App().With("Token", "x");

        Assert.StartsWith("Integrations:GitHub:App and a token", Assert.Single(github.Problems), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(_file);
    }

    private AGitHub App() => new AGitHub().WithoutToken().With("App:Id", "Iv1.client").With("App:PrivateKeyFile", _file);

    private static Func<HttpResponseMessage> TokenReply(string token, string expires) =>
        Json($$"""{"token":"{{token}}","expires_at":"{{expires}}"}""", HttpStatusCode.Created);

    private static string Bearer(StubRequest request) =>
        request.Headers.Split('\n').Single(line => line.StartsWith("Authorization: Bearer ", StringComparison.Ordinal))["Authorization: Bearer ".Length..].Trim();
}
