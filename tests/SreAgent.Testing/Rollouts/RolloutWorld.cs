using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Changes;
using SreAgent.Core.Code;
using SreAgent.Core.Metrics;
using SreAgent.Core.Policy;
using SreAgent.Core.Readiness;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Rollouts;
using SreAgent.Testing.Readiness;
using SreAgent.Testing.Time;

namespace SreAgent.Testing.Rollouts;

/// <summary>The rollouts engine as it is composed, over systems a test scripts.</summary>
public sealed class RolloutWorld : IDisposable
{
    private ServiceProvider? _services;

    public RolloutWorld()
    {
        Clock = LeapingClock.AtNoon();
        Platform = new ScriptedPlatform(Clock);
    }

    public static Dictionary<string, string?> Plain => new(StringComparer.Ordinal)
    {
        ["Guardrails:Environments:production:Approvers:0"] = "os:*",
        ["Services:checkout:Repository"] = "shop/checkout",
        ["Services:checkout:Slos:availability:Objective"] = "99.9%",
        ["Services:checkout:Slos:availability:Good"] = "good[$window]",
        ["Services:checkout:Slos:availability:Total"] = "all[$window]",
        ["Services:checkout:Endpoints:health:Url"] = "http://checkout.test/health",
        ["Services:checkout:Rollouts:SoakSeconds"] = "60",
    };

    public LeapingClock Clock { get; }

    public ScriptedPlatform Platform { get; }

    public ScriptedCodeHost? CodeHost { get; set; } = new();

    public ScriptedMetrics? Metrics { get; set; } = new();

    public ScriptedProbe? Probe { get; set; } = new();

    public ScriptedRecorder? Recorder { get; set; } = new();

    public InMemoryReviewStore Reviews { get; } = new();

    public Dictionary<string, string?> Settings { get; } = Plain;

    public InMemoryChangeSteps Steps { get; set; } = new();

    public List<string> Progress { get; } = [];

    public IServiceProvider Services => _services ??= Compose();

    public IRollouts Rollouts => Services.GetRequiredService<IRollouts>();

    public static RolloutWish Deploy(string to = "v43") => new() { Service = "checkout", App = "checkout", IsRollback = false, To = to, Reason = "test" };

    public static RolloutWish Rollback(string? to = null) => new() { Service = "checkout", App = "checkout", IsRollback = true, To = to, Reason = "test" };

    public Task<ChangePlan> PlanAsync(RolloutWish wish) => Rollouts.PlanAsync(wish, Platform, new Lines(Progress), CancellationToken.None);

    public ChangeExecution Approved(ChangePlan plan) =>
        new(new ChangeRequestId("chg-0123456789"), "os:ada", ["os:grace"], "production", plan, Clock.GetUtcNow(), Steps);

    public Task<ToolResult> ExecuteAsync(RolloutWish wish, ChangeExecution change) => Rollouts.ExecuteAsync(wish, Platform, change, new Lines(Progress), CancellationToken.None);

    public Task<Verification> VerifyAsync(RolloutWish wish, ChangeExecution change) => Rollouts.VerifyAsync(wish, Platform, change, new Lines(Progress), CancellationToken.None);

    /// <summary>From plan to verdict.</summary>
    public async Task<Verification> RunAsync(RolloutWish wish)
    {
        var change = Approved(await PlanAsync(wish));
        await ExecuteAsync(wish, change);
        return await VerifyAsync(wish, change);
    }

    public void Dispose() => _services?.Dispose();

    private ServiceProvider Compose()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddSingleton<IReviewStore>(Reviews).AddGuardrail(configuration).AddRollouts(configuration);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IPolicySource>(provider => new StandingPolicy(provider.GetRequiredService<GuardrailPolicyReading>().Policy!)); // The settings above are right.
        Add<ICodeHost>(CodeHost);
        Add<IMetricSource>(Metrics);
        Add<IEndpointProbe>(Probe);
        Add<IRolloutRecorder>(Recorder);
        return services.BuildServiceProvider();

        void Add<T>(T? one)
            where T : class
        {
            if (one is not null)
            {
                services.AddSingleton(one);
            }
        }
    }

    /// <summary>The settings' policy without a store behind it.</summary>
    private sealed class StandingPolicy(GuardrailPolicy policy) : IPolicySource
    {
        public Task<GuardrailPolicy> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(policy);
    }

    /// <summary>Writes at once and in order, which the framework's progress does not.</summary>
    private sealed class Lines(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines)
            {
                lines.Add(value);
            }
        }
    }
}
