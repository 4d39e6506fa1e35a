using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Integrations;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>The Fly integration as the host registers it, over a Fly in memory, in a hurry.</summary>
internal sealed class FlyWorld : IDisposable
{
    public const string Token = "fm2_lJPECAAAAAAAabcdef0123456789";

    private readonly ServiceProvider _provider;

    public FlyWorld(FakeFly fly, Service? service = null, params (string Name, string Value)[] settings)
        : this(fly, options => options, service, settings)
    {
    }

    public FlyWorld(FakeFly fly, Func<FlyOptions, FlyOptions> tune, Service? service = null, params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => $"Integrations:Fly:{setting.Name}", setting => (string?)setting.Value, StringComparer.Ordinal);
        all.TryAdd("Integrations:Fly:Token", Token);
        all.TryAdd("Integrations:Fly:Flyctl", "off");
        var problems = new List<string>();
        var options = FlyOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), problems);
        Assert.Empty(problems);
        options = tune(options with { Poll = TimeSpan.FromMilliseconds(5), WaitTimeout = TimeSpan.FromMilliseconds(300) });
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IServiceCatalogue>(new InMemoryServices(service ?? Shop));
        services.AddSingleton<IRollouts>(Rollouts);
        services.AddFly(options, options.Connection!, options.Web!, options.Registry!);
        services.AddSingleton<IIntegration>(provider => new FlyIntegration(options, [], provider.GetService<Integrations.Fly.Api.IFlyMachinesApi>()));
        foreach (var client in new[] { "Fly", "Fly web", "Fly registry" })
        {
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => fly);
        }

        Fake = fly;
        _provider = services.BuildServiceProvider();
    }

    public static Service Shop { get; } = new() { Name = "checkout", Environment = "production", FlyApp = FakeFly.App };

    public FakeFly Fake { get; }

    public RecordingRollouts Rollouts { get; } = new();

    public FlyTools Tools => _provider.GetServices<IToolset>().OfType<FlyTools>().Single();

    public FlyPlatform Platform => _provider.GetRequiredService<FlyPlatform>();

    public IIntegration Integration => _provider.GetRequiredService<IIntegration>();

    public SynchronousProgress Progress { get; } = new();

    public async Task<RolloutOrder> OrderAsync(string tag, bool rollback = false, string? strategy = null)
    {
        var image = await Platform.FindImageAsync(FakeFly.App, tag, TestContext.Current.CancellationToken);
        return new RolloutOrder(FakeFly.App, image!.Reference, await Platform.LookAsync(FakeFly.App, TestContext.Current.CancellationToken), rollback, strategy);
    }

    public Task<string> ApplyAsync(RolloutOrder order, InMemoryChangeSteps steps, ChangePlan? plan = null) =>
        Platform.ApplyAsync(order, steps.Execution(plan), Progress, TestContext.Current.CancellationToken);

    public void Dispose() => _provider.Dispose();
}

/// <summary>Keeps what was said, at once and in order.</summary>
internal sealed class SynchronousProgress : IProgress<string>
{
    private readonly List<string> _said = [];

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    public void Report(string value)
    {
        lock (_said)
        {
            _said.Add(value);
        }
    }
}

/// <summary>Notes what tools hand to the engine.</summary>
internal sealed class RecordingRollouts : IRollouts
{
    public RolloutWish? Wish { get; private set; }

    public Task<ChangePlan> PlanAsync(RolloutWish wish, IRolloutPlatform platform, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Wish = wish;
        return Task.FromResult(new ChangePlan("", "", "", "", "", "", ""));
    }

    public Task<ToolResult> ExecuteAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Wish = wish;
        return Task.FromResult<ToolResult>(new ToolResult.Failed("", Retryable: false));
    }

    public Task<Verification> VerifyAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Wish = wish;
        return Task.FromResult(new Verification(VerificationVerdict.Unverified, ""));
    }
}
