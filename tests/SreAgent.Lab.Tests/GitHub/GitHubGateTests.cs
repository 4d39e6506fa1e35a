using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Http;
using SreAgent.Testing.GitHub;

namespace SreAgent.Lab.Tests.GitHub;

public class GitHubGateTests
{
    [Theory]
    [InlineData(null, "repos/acme/checkout", 404, "Not Found")]
    [InlineData(null, "user", 401, "Requires authentication")]
    [InlineData("ghp_wrong", "repos/acme/checkout", 401, "Bad credentials")]
    [InlineData(SampleGitHub.ReaderToken, "repos/acme/checkout", 200, null)]
    [InlineData(SampleGitHub.ReaderToken, "repos/acme/nothing", 404, "Not Found")]
    [InlineData(null, "repos/acme/public-docs", 200, null)]
    public async Task Who_may_see_what(string? token, string path, int status, string? message)
    {
        await using var lab = await GitHubLab.StartAsync();

        var reply = await lab.As(token).GetAsync(path);

        Assert.Equal(status, reply.Status);
        Assert.True(message is null || reply["message"] == message);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Whoever_may_only_read_writes_nothing()
    {
        await using var lab = await GitHubLab.StartAsync();

        Assert.Equal(403, (await lab.As(SampleGitHub.ReaderToken).PostAsync("repos/acme/checkout/issues", new { title = "No" })).Status);
        Assert.Equal(401, (await lab.As(null).PostAsync("repos/acme/public-docs/issues", new { title = "No" })).Status);
        Assert.Equal(404, (await lab.As(null).PostAsync("repos/acme/checkout/issues", new { title = "No" })).Status);
        Assert.Empty(lab.Journal.Entries);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_used_up_hour_says_so_until_it_is_over()
    {
        await using var lab = await GitHubLab.StartAsync(seed => seed with { Limits = new GitHubLimits { Core = 2 } });

        Assert.Equal("1", (await lab.GetAsync("user")).Headers["X-RateLimit-Remaining"]);
        await lab.GetAsync("user");
        var refused = await lab.GetAsync("user");
        var limits = await lab.GetAsync("rate_limit");
        lab.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((403, "0", "core"), (refused.Status, refused.Headers["X-RateLimit-Remaining"], refused.Headers["X-RateLimit-Resource"]));
        Assert.Equal(SampleGitHub.Start.AddHours(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), refused.Headers["X-RateLimit-Reset"]);
        Assert.StartsWith("API rate limit exceeded", refused["message"], StringComparison.Ordinal);
        Assert.Equal(("0", "30"), (limits["resources.core.remaining"], limits["resources.search.remaining"]));
        Assert.Equal(200, (await lab.GetAsync("user")).Status);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Too_many_writes_meet_the_secondary_limit()
    {
        await using var lab = await GitHubLab.StartAsync(seed => seed with { Limits = new GitHubLimits { Writes = 1 } });

        await lab.PostAsync("repos/acme/checkout/issues", new { title = "One" });
        var refused = await lab.PostAsync("repos/acme/checkout/issues", new { title = "Two" });

        Assert.Equal((403, "60"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.Contains("secondary rate limit", refused["message"], StringComparison.Ordinal);
        Assert.Single(lab.Journal.Entries);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Planned_faults_happen_as_often_as_planned()
    {
        await using var lab = await GitHubLab.StartAsync();
        lab.Simulator.Faults.Add("POST", "/issues", new LabFault.Refuses(502, "Server Error"));
        lab.Simulator.Faults.Add("*", "/user", new LabFault.Refuses(429, "Slow down") { RetryAfter = 2 }, times: 2);

        var failed = await lab.PostAsync("repos/acme/checkout/issues", new { title = "One" });
        var worked = await lab.PostAsync("repos/acme/checkout/issues", new { title = "One" });
        var slow = await lab.GetAsync("user");

        Assert.Equal((502, 201, 429, "2"), (failed.Status, worked.Status, slow.Status, slow.Headers["Retry-After"]));
        Assert.Equal((429, 200), ((await lab.GetAsync("user")).Status, (await lab.GetAsync("user")).Status));
        Assert.Single(lab.Journal.Entries);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task An_answer_can_be_lost_after_the_deed()
    {
        await using var lab = await GitHubLab.StartAsync();
        lab.Simulator.Faults.Add("POST", "/issues", new LabFault.LosesAnswer());
        lab.Simulator.Faults.Add("GET", "/user", new LabFault.Drops());

        await Assert.ThrowsAsync<HttpRequestException>(() => lab.PostAsync("repos/acme/checkout/issues", new { title = "Lost" }));
        await Assert.ThrowsAsync<HttpRequestException>(() => lab.GetAsync("user"));

        Assert.Equal(["acme/checkout#46 opened: Lost"], lab.Changes);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var lab = await GitHubLab.StartAsync();
        var first = await lab.GetAsync("repos/acme/checkout/issues/1");

        var again = await lab.SendAsync(HttpMethod.Get, "repos/acme/checkout/issues/1", ifNoneMatch: first.Headers["ETag"]);
        await lab.PatchAsync("repos/acme/checkout/issues/1", new { title = "New" });
        var changed = await lab.SendAsync(HttpMethod.Get, "repos/acme/checkout/issues/1", ifNoneMatch: first.Headers["ETag"]);

        Assert.Equal((304, "", 200), (again.Status, again.Text, changed.Status));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_renamed_repository_sends_on_to_its_number()
    {
        await using var lab = await GitHubLab.StartAsync();

        var moved = await lab.GetAsync("repos/acme/shop/issues/3");
        var followed = await lab.GetAsync(moved.Headers["Location"]);

        Assert.Equal((301, 200, "3"), (moved.Status, followed.Status, followed["number"]));
        Assert.Equal(307, (await lab.PostAsync("repos/acme/shop/issues", new { title = "x" })).Status);
        Assert.Equal(404, (await lab.As(null).GetAsync("repos/acme/shop")).Status);
    }

    [Fact]
    public async Task A_request_without_a_name_or_for_another_version_is_refused()
    {
        await using var lab = await GitHubLab.StartAsync();
        using var client = new HttpClient { BaseAddress = lab.Simulator.Address };
        using var nameless = await client.GetAsync("rate_limit");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("x/1");
        client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "1999-01-01");
        using var ancient = await client.GetAsync("rate_limit");

        Assert.Equal((403, 400), ((int)nameless.StatusCode, (int)ancient.StatusCode));
    }

    [Fact]
    public async Task An_App_exchanges_its_signature_for_a_token_of_an_hour()
    {
        using var key = RSA.Create(2048);
        await using var lab = await GitHubLab.StartAsync(seed => seed with { App = new GitHubAppSeed(77, "sre-agent", key.ExportRSAPublicKeyPem(), InstallationId: 5) });
        var now = lab.Clock.GetUtcNow();

        var refused = await lab.As(Jwt(key, "77", now, now.AddMinutes(11))).PostAsync("app/installations/5/access_tokens", new { });
        var stranger = await lab.As(Jwt(key, "78", now, now.AddMinutes(9))).PostAsync("app/installations/5/access_tokens", new { });
        lab.As(Jwt(key, "77", now.AddSeconds(-60), now.AddMinutes(9)));
        var installation = await lab.GetAsync("repos/acme/checkout/installation");
        var granted = await lab.PostAsync("app/installations/5/access_tokens", new { repositories = new[] { "checkout" }, permissions = new { issues = "write", checks = "read" } });
        lab.As(granted["token"]);
        var check = await lab.PostAsync("repos/acme/checkout/check-runs", new { name = "slo", head_sha = SampleGitHub.V43 });
        var issue = await lab.PostAsync("repos/acme/checkout/issues", new { title = "By the App" });
        lab.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal((401, 401, "5", 201, "selected"), (refused.Status, stranger.Status, installation["id"], granted.Status, granted["repository_selection"]));
        Assert.Equal((403, "Resource not accessible by integration"), (check.Status, check["message"]));
        Assert.Equal((201, "sre-agent[bot]", "Bot"), (issue.Status, issue["user.login"], issue["user.type"]));
        Assert.Equal(401, (await lab.GetAsync("repos/acme/checkout")).Status);
        lab.Recording.AssertFaithful();
    }

    private static string Jwt(RSA key, string issuer, DateTimeOffset issued, DateTimeOffset expires)
    {
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode($$"""{"iat":{{issued.ToUnixTimeSeconds()}},"exp":{{expires.ToUnixTimeSeconds()}},"iss":"{{issuer}}"}""")}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Encode(object part) => System.Buffers.Text.Base64Url.EncodeToString(part as byte[] ?? Encoding.UTF8.GetBytes($"{part}"));
    }
}
