using SreAgent.Core.Code;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

public class GitHubSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_settings_it_is_disabled_and_offers_nothing()
    {
        using var github = new AGitHub().WithoutToken();

        Assert.Contains("set Integrations:GitHub:Token, TokenFile or App", github.Integration.DisabledBecause, StringComparison.Ordinal);
        Assert.False(github.Offers<IToolset>() || github.Offers<ICodeHost>() || github.Offers<IRolloutRecorder>());
        Assert.Empty(github.Problems);
    }

    [Fact]
    public void A_token_is_enough()
    {
        using var github = new AGitHub().With("Environment", "staging");

        Assert.Null(github.Integration.DisabledBecause);
        Assert.Equal(("github", "staging"), (github.Tools.Name, github.Tools.Environment));
        Assert.True(github.Offers<ICodeHost>() && github.Offers<IRolloutRecorder>());
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_by_its_path()
    {
        using var github = new AGitHub()
            .With("App:PrivateKeyFile", "/no/such/key").With("App:InstallationId", "acme").With("App:Key", "x")
            .With("Repositories:acme", null).With("Repositories:acme/shop:Issue", "true").With("Repositories:acme/ops:Comments", "maybe").With("Repositories:acme/all", "yes")
            .With("Organisation", "acme");

        string[] paths =
        [
            "App:Id is required", "App:PrivateKeyFile names", "App:InstallationId must be", "App:Key is not a setting", "Repositories:acme must be owner/name",
            "Repositories:acme/shop:Issue is not a setting", "Repositories:acme/ops:Comments must be true or false", "Repositories:acme/all must be a block", "Organisation is not a setting",
        ];
        Assert.All(paths, path => Assert.Contains(github.Problems, problem => problem.StartsWith("Integrations:GitHub:" + path, StringComparison.Ordinal)));
        Assert.Equal(paths.Length, github.Problems.Count);
        Assert.False(github.Offers<IToolset>());
    }

    [Fact]
    public async Task The_probe_says_who_we_are_and_what_is_left()
    {
        using var github = new AGitHub()
            .Get("/rate_limit", Json("""{"resources":{"core":{"limit":5000,"remaining":4321,"reset":1,"used":1}}}"""))
            .Get("/user", Json("""{"login":"ada"}"""));

        var probe = await github.Integration.ProbeAsync(Token);

        Assert.True(probe.Ok, probe.Detail);
        Assert.Equal("GitHub as ada, 4,321 of 5,000 requests left this hour, at https://api.github.com.", probe.Detail);
    }

    [Fact]
    public async Task The_probe_returns_what_is_wrong()
    {
        using var github = new AGitHub().Get("/rate_limit", Json("""{"message":"Bad credentials"}""", System.Net.HttpStatusCode.Unauthorized));

        var probe = await github.Integration.ProbeAsync(Token);

        Assert.False(probe.Ok);
        Assert.Contains("does not accept our credentials", probe.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-tests", probe.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_limits_is_no_broken_server()
    {
        using var github = new AGitHub()
            .Get("/rate_limit", Json("""{"message":"Rate limiting is not enabled."}""", System.Net.HttpStatusCode.NotFound))
            .Get("/user", Json("{}", System.Net.HttpStatusCode.Forbidden));

        Assert.Equal("GitHub as a token without a user, no rate limit, at https://api.github.com.", (await github.Integration.ProbeAsync(Token)).Detail);
    }

    [Theory]
    [InlineData("https://api.github.com/", "https://github.com/")]
    [InlineData("https://git.acme.example/api/v3/", "https://git.acme.example/")]
    [InlineData("https://api.acme.ghe.com/", "https://acme.ghe.com/")]
    [InlineData("http://127.0.0.1:5001/", "http://127.0.0.1:5001/")]
    public void Links_lead_to_the_site_of_the_interface(string api, string site) =>
        Assert.Equal(site, GitHubAddress.Site(new Uri(api)).ToString());
}
