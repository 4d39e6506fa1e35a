using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Tests.Fly;
using SreAgent.Testing;
using SreAgent.Testing.Fly;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What we send to Fly and what we take for its answers, held against what Fly publishes.</summary>
public class FlyContractTests
{
    /// <summary>Where both we and the simulator follow Fly's behaviour instead of its description; why is said where they are defined.</summary>
    private static readonly string[] Needed =
    [
        "/lease: response 201*$.status is not declared",
        "/lease: response 201*$.data is not declared",
        "/lease: response 200*$.status is not declared",
        "/lease: response 200*$.data is not declared",
        "response 200 has a body, and the description declares none",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_question_and_order_keeps_to_the_description()
    {
        await using var fly = await SimulatedFly.StartAsync(Needed);
        var api = fly.Api;
        var machine = (await fly.AllMachinesAsync())[0];

        await api.AppsAsync("lab", Token);
        await api.TokensAsync(Token);
        await api.MachineAsync(SimulatedFly.App, machine.Id, Token);
        await api.VersionsAsync(SimulatedFly.App, machine.Id, Token);
        var nonce = (await api.LeaseAsync(SimulatedFly.App, machine.Id, new FlyLeaseRequest(60, "contract test"), nonce: null, Token)).OrThrow().Nonce!;
        Assert.Equal(nonce, (await api.LeaseAsync(SimulatedFly.App, machine.Id, new FlyLeaseRequest(60, "contract test"), nonce, Token)).OrThrow().Nonce);
        Assert.Equal("contract test", (await api.LeaseAsync(SimulatedFly.App, machine.Id, Token)).OrThrow().Description);
        var updated = (await api.UpdateAsync(SimulatedFly.App, machine.Id, SimulatedFly.Update(machine, "v43"), nonce, Token)).OrThrow();
        Assert.True((await api.WaitAsync(SimulatedFly.App, machine.Id, updated.InstanceId!, "started", TimeSpan.FromSeconds(10), Token)).OrThrow().Ok);
        (await api.RestartAsync(SimulatedFly.App, machine.Id, nonce, Token)).OrThrow();
        (await api.ReleaseAsync(SimulatedFly.App, machine.Id, nonce, Token)).OrThrow();
        var made = (await api.CreateAsync(SimulatedFly.App, SimulatedFly.Update(machine, "v42") with { CurrentVersion = null, Region = "fra" }, Token)).OrThrow();
        (await api.DestroyAsync(SimulatedFly.App, made.Id, nonce: null, Token)).OrThrow();
        await api.VolumesAsync(SimulatedFly.App, Token);
        await api.CertificatesAsync(SimulatedFly.App, Token);
        (await api.SetSecretsAsync(SimulatedFly.App, new Dictionary<string, string>(StringComparer.Ordinal) { ["API_KEY"] = "not-a-real-one" }, Token)).OrThrow();
        Assert.Contains("API_KEY", (await api.SecretsAsync(SimulatedFly.App, Token)).Secrets!.Select(secret => secret.Name));
        await api.RegionsAsync(Token);

        Assert.Empty(fly.ApiCalls.NotCalled);
        fly.AssertFaithful();
        Assert.Equal([], fly.Machines.UnusedDeviations.Select(unused => unused.Pattern));
    }

    [Fact]
    public async Task Releases_definitions_and_logs_are_asked_as_the_schema_and_the_vendors_client_have_it()
    {
        await using var fly = await SimulatedFly.StartAsync([]);
        var machine = (await fly.AllMachinesAsync())[0];

        var releases = await fly.WebApi.ReleasesAsync(SimulatedFly.App, 2, Token);
        await fly.WebApi.DefinitionAsync(SimulatedFly.App, Token);
        await fly.WebApi.LogsAsync(SimulatedFly.App, "0", machine.Id, "fra", Token);
        fly.WebFaults.Where = "/releases";
        var byGraph = await fly.WebApi.ReleasesAsync(SimulatedFly.App, 2, Token);

        Assert.Equal(releases.Select(release => (release.Version, release.ImageRef, release.Status)), byGraph.Select(release => (release.Version, release.ImageRef, release.Status)));
        Assert.Equal(2, fly.Web.Exchanges.Count(exchange => exchange.Path == "/graphql"));
        Assert.Empty(fly.WebCalls.NotCalled);
        fly.AssertFaithful();
    }

    [Theory]
    [InlineData("query($app: String!) { app(title: $app) { name } }", "Queries.app has no argument title")]
    [InlineData("query($app: String!) { app(name: $app) { colour } }", "App has no field colour")]
    [InlineData("query($app: String!) { app(name: $app) { organization } }", "App.organization is a Organization, and nothing of it is asked")]
    [InlineData("query($app: String!) { app(name: $app) { name { first } } }", "String has no fields, and first is asked of it")]
    public void A_query_that_the_schema_does_not_have_is_noticed(string query, string because) =>
        Assert.Equal([because], FlyGraphDescription.Check(new System.Text.Json.Nodes.JsonObject
        {
            ["query"] = query,
            ["variables"] = new System.Text.Json.Nodes.JsonObject { ["app"] = "checkout" },
        }));

    [Fact]
    public async Task The_registry_is_asked_as_the_distribution_specification_has_it()
    {
        await using var fly = await SimulatedFly.StartAsync([]);
        var image = FlyPractice.Image(SimulatedFly.App, "v42");

        var byTag = await fly.Images.FindAsync(SimulatedFly.App, "v42", Token);
        var byDigest = await fly.Images.FindAsync(SimulatedFly.App, image.Digest, Token);

        Assert.Equal((image.Digest, image.Digest), (byTag?.Digest, byDigest?.Digest));
        Assert.Equal("v42", byTag!.Labels["org.opencontainers.image.version"]);
        Assert.Null(await fly.Images.FindAsync(SimulatedFly.App, "v99", Token));
        Assert.Contains(fly.Registry.Exchanges, exchange => exchange.Path.Contains("/blobs/", StringComparison.Ordinal));
        Assert.All(fly.Registry.Exchanges, exchange => Assert.Contains("Accept", exchange.RequestHeaders));
        Assert.Single(typeof(IFlyRegistry).GetMethods());
        await fly.AllMachinesAsync();
        fly.AssertFaithful();
    }

    [Fact]
    public async Task Every_tool_keeps_to_the_description()
    {
        await using var fly = await SimulatedFly.StartAsync(Needed);
        var (tools, progress) = (fly.Tools, new SynchronousProgress());
        var change = () => new InMemoryChangeSteps().Execution();

        await new OfferedTools<FlyTools>
        {
            ["fly_list_apps"] = () => tools.ListAppsAsync(cancellationToken: Token),
            ["fly_status"] = () => tools.StatusAsync("checkout", Token),
            ["fly_list_releases"] = () => tools.ListReleasesAsync("checkout", cancellationToken: Token),
            ["fly_get_logs"] = async () => await tools.GetLogsAsync("checkout", cancellationToken: Token) is ToolResult.NoData silent
                ? new ToolResult.Found("", silent.Evidence!) // Nothing runs behind these machines, so nothing is logged.
                : throw new InvalidOperationException("Who logs?"),
            ["fly_list_resources"] = async () =>
            {
                var results = await Task.WhenAll(Enum.GetValues<FlyResource>().Select(kind => tools.ListResourcesAsync("checkout", kind, Token)));
                return results.OfType<ToolResult.Found>().Count() == results.Length ? results[0] : results.First(result => result is not ToolResult.Found);
            },
            ["fly_deploy"] = () => tools.DeployAsync("checkout", "v43", change(), progress, cancellationToken: Token),
            ["fly_rollback"] = () => tools.RollbackAsync("checkout", change(), progress, cancellationToken: Token),
            ["fly_restart"] = () => tools.RestartAsync("checkout", change(), progress, cancellationToken: Token),
            ["fly_scale"] = () => tools.ScaleAsync("checkout", change(), progress, count: 3, region: "fra", cancellationToken: Token),
            ["fly_set_secrets"] = () => tools.SetSecretsAsync("checkout", ["API_KEY"], change(), progress, Token),
        }.CallAllAsync();

        fly.AssertFaithful();
    }
}
