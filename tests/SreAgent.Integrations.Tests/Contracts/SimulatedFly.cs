using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Http;
using SreAgent.Lab.Fly;
using SreAgent.Lab.Journal;
using SreAgent.Testing;
using SreAgent.Testing.Fly;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>The Fly integration as the host registers it, over the simulator, with every exchange held against what Fly publishes.</summary>
internal sealed class SimulatedFly : IAsyncDisposable
{
    public const string App = FlyPractice.App;

    private readonly ServiceProvider _provider;

    private SimulatedFly(FlySimulator simulator, FlySeed seed, IReadOnlyCollection<string> deviations)
    {
        Simulator = simulator;
        Machines = new RecordingHandler(FlyDescription.Machines, [.. FlyDescription.Deviations.Where(known => deviations.Contains(known.Pattern))]) { InnerHandler = new SocketsHttpHandler() };
        Web = new ExchangeTap { InnerHandler = WebFaults };
        Registry = new ExchangeTap { InnerHandler = new SocketsHttpHandler() };
        _provider = Wire(simulator.Address.ToString(), seed.Token, seed.LimitsRequests);
        (Api, ApiCalls) = Watched.Over(_provider.GetRequiredService<IFlyMachinesApi>());
        (WebApi, WebCalls) = Watched.Over(_provider.GetRequiredService<IFlyWebApi>());
    }

    public FlySimulator Simulator { get; }

    public IFlyMachinesApi Api { get; }

    public Watched<IFlyMachinesApi> ApiCalls { get; }

    public IFlyWebApi WebApi { get; }

    public Watched<IFlyWebApi> WebCalls { get; }

    public IFlyRegistry Images => _provider.GetRequiredService<IFlyRegistry>();

    public FlyTools Tools => _provider.GetServices<IToolset>().OfType<FlyTools>().Single();

    public RecordingHandler Machines { get; }

    public ExchangeTap Web { get; }

    public ExchangeTap Registry { get; }

    public RefusingHandler WebFaults { get; } = new() { InnerHandler = new SocketsHttpHandler() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="deviations">Those of <see cref="FlyDescription.Deviations"/> that are needed, by pattern.</param>
    /// <param name="limits">Whether Fly refuses those who ask too often.</param>
    public static async Task<SimulatedFly> StartAsync(IReadOnlyCollection<string> deviations, bool limits = false)
    {
        var seed = FlyPractice.SeedAt(TimeProvider.System.GetUtcNow()) with { LimitsRequests = limits };
        return new SimulatedFly(await FlySimulator.StartAsync(seed, new StandInFleet(), new LabJournal(TimeProvider.System), TimeProvider.System, Token), seed, deviations);
    }

    public async Task<IReadOnlyList<FlyMachine>> AllMachinesAsync() => await Api.MachinesAsync(App, Token);

    /// <summary>A machine's own configuration with another image: what an update sends.</summary>
    public static FlyMachineUpdate Update(FlyMachine machine, string tag)
    {
        var configuration = JsonNode.Parse(machine.Config!.Value.GetRawText())!.AsObject();
        configuration["image"] = FlyPractice.Reference(tag);
        return new FlyMachineUpdate(JsonSerializer.SerializeToElement(configuration), machine.InstanceId);
    }

    /// <summary>Holds what was sent to the services without a description against what is known of them: the schema, and the shapes of paths.</summary>
    public void AssertFaithful()
    {
        Machines.AssertFaithful();
        Assert.All(Web.Exchanges, exchange =>
        {
            if (exchange.Path == "/graphql")
            {
                Assert.Equal(("POST", "application/json"), (exchange.Method, exchange.RequestType));
                Assert.Empty(FlyGraphDescription.Check(JsonNode.Parse(exchange.RequestBody.Span)!));
            }
            else
            {
                Assert.Matches(@"\A/api/v1/apps/[a-z0-9-]+/(releases|logs)\z", exchange.Path);
                Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "limit", "next_token", "instance", "region" }, exchange.Query.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal));
            }
        });

        // OCI distribution specification 1.1, "Endpoints": end-2 and end-3.
        Assert.All(Registry.Exchanges, exchange => Assert.Matches(
            @"\A/v2/[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/(manifests/([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|sha256:[0-9a-f]{64})|blobs/sha256:[0-9a-f]{64})\z", exchange.Path));
        Assert.All(Registry.Exchanges, exchange => Assert.Equal(("GET", 0), (exchange.Method, exchange.Query.Count)));
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private ServiceProvider Wire(string address, string token, bool limits)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Fly:BaseUrl"] = address,
            ["Integrations:Fly:ApiUrl"] = address,
            ["Integrations:Fly:RegistryUrl"] = address,
            ["Integrations:Fly:Token"] = token,
            ["Integrations:Fly:Flyctl"] = "off",
        };
        var problems = new List<string>();
        var options = FlyOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), problems) with
        {
            Poll = TimeSpan.FromMilliseconds(50),
            WaitTimeout = TimeSpan.FromSeconds(20),
            Secrets = new Dictionary<string, ReferencedSecret>(StringComparer.Ordinal) { ["API_KEY"] = new("API_KEY", "this test", SecretValue.Literal("not-a-real-one")) },
        };
        Assert.Empty(problems);
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IServiceCatalogue>(new InMemoryServices(new Service { Name = "checkout", Environment = "production", FlyApp = App }));
        services.AddSingleton<IRollouts>(new BareRollouts());
        services.AddFly(options, options.Connection!, options.Web!, options.Registry!);
        if (!limits)
        {
            services.AddSingleton(new RequestPace(EagerClock.AtNoon())); // Nobody counts, so nobody need wait.
        }

        services.AddHttpClient("Fly").ConfigurePrimaryHttpMessageHandler(() => Machines);
        services.AddHttpClient("Fly web").ConfigurePrimaryHttpMessageHandler(() => Web);
        services.AddHttpClient("Fly registry").ConfigurePrimaryHttpMessageHandler(() => Registry);
        return services.BuildServiceProvider();
    }
}

/// <summary>Answers 404 instead of passing on, where told to.</summary>
internal sealed class RefusingHandler : DelegatingHandler
{
    /// <summary>A part of the path. Absent: nowhere.</summary>
    public string? Where { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Where is not null && request.RequestUri!.AbsolutePath.Contains(Where, StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound) { Content = new StringContent("""{"error":"not here"}""", System.Text.Encoding.UTF8, "application/json") })
            : base.SendAsync(request, cancellationToken);
}

/// <summary>Rollouts without gates: finds the image and puts it onto the machines.</summary>
internal sealed class BareRollouts : IRollouts
{
    public Task<ChangePlan> PlanAsync(RolloutWish wish, IRolloutPlatform platform, IProgress<string> progress, CancellationToken cancellationToken) =>
        Task.FromResult(new ChangePlan("", "", "", "", "", "", ""));

    public async Task<ToolResult> ExecuteAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var fleet = await platform.LookAsync(wish.App, cancellationToken);
        var image = wish.IsRollback ? fleet.RollbackTarget!.Image! : (await platform.FindImageAsync(wish.App, wish.To!, cancellationToken))!.Reference;
        var said = await platform.ApplyAsync(new RolloutOrder(wish.App, image, fleet, wish.IsRollback, wish.Strategy), change, progress, cancellationToken);
        return new ToolResult.Found(said, new Evidence("fly", wish.App));
    }

    public Task<Verification> VerifyAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(VerificationVerdict.Unverified, ""));
}
