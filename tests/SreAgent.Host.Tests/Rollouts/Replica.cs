using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Host.Commands;
using SreAgent.Host.Composition;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>One process of the installation: the whole real composition, which may die, beside others on the same store.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private static readonly Actor Ada = new("os:ada", Surface.Terminal, IsHuman: true);
    private static readonly Actor Grace = new("os:grace", Surface.Terminal, IsHuman: true);
    private static readonly Progress<string> Silent = new();

    private readonly ServiceProvider _services;
    private int _calls;

    private Replica(ServiceProvider services, PracticeShop shop, Life life, StoreDoor door) => (_services, Shop, Life, Door) = (services, shop, life, door);

    public PracticeShop Shop { get; }

    public Life Life { get; }

    public StoreDoor Door { get; }

    public IKillSwitch KillSwitch => _services.GetRequiredService<IKillSwitch>();

    public IAuditTrail Audit => _services.GetRequiredService<IAuditTrail>();

    private IApprovalDesk Desk => _services.GetRequiredService<IApprovalDesk>();

    /// <param name="settings">On top of what points everything at the shop.</param>
    public static Replica Start(PracticeShop shop, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(LabSettings.For(shop.Endpoints), StringComparer.OrdinalIgnoreCase)
        {
            ["Store:Path"] = Path.Combine(shop.Folder, "store.db"),
            ["Guardrails:Environments:practice:Approvers:0"] = "os:ada",
            ["Guardrails:Environments:practice:Approvers:1"] = "os:grace",
            ["Services:checkout:Rollouts:SoakSeconds"] = "5",
            ["Integrations:Fly:Flyctl"] = "off",
            ["Integrations:Fly:WaitTimeoutSeconds"] = "20",
            ["Integrations:Fly:TimeoutSeconds"] = "6",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var (life, door) = (new Life(), new StoreDoor());
        var services = new ServiceCollection().AddSreAgent(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(life.ClockOf(shop.Clock));
        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new MortalRequestHandler(life)));
        services.Decorate<IChangeStepStore>(inner => new MortalSteps(inner, life, door));
        services.Decorate<IChangeRequestStore>(inner => new MortalRequests(inner, life, door));
        services.Decorate<IAuditTrail>(inner => new MortalTrail(inner, life, door));
        var provider = services.BuildServiceProvider();
        SettingsChecks.Demand(provider);
        return new Replica(provider, shop, life, door);
    }

    public async Task<ToolResult> CallAsync(string tool, object arguments) =>
        (await _services.GetRequiredService<IToolInvoker>().InvokeAsync(
            new ToolCall($"call-{Interlocked.Increment(ref _calls)}", tool, JsonSerializer.SerializeToElement(arguments)),
            new CallContext(Ada, CommandLinePersona.Value), Silent, TestContext.Current.CancellationToken)).Result;

    /// <summary>Asks; the request waits for its approval.</summary>
    public async Task<ChangeRequestId> AskAsync(string tool, object arguments)
    {
        var result = await CallAsync(tool, arguments);
        return Assert.IsType<ToolResult.AwaitingApproval>(result, exactMatch: true).Id;
    }

    public Task<ChangeRequestId> AskRollbackAsync() => AskAsync("fly_rollback", new { service = PracticeShop.App });

    public Task<ChangeRequestId> AskDeployAsync(string image = "v43", bool rollBackOnFailure = false) =>
        AskAsync("fly_deploy", new { service = PracticeShop.App, image, rollback_on_failure = rollBackOnFailure });

    public Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id) => Desk.ApproveAsync(id, Grace, overrideDenial: false, TestContext.Current.CancellationToken);

    public async Task<ChangeRequestId> ApprovedAsync(Task<ChangeRequestId> asked)
    {
        var id = await asked;
        var outcome = await ApproveAsync(id);
        Assert.True(outcome.Accepted, outcome.Message);
        return id;
    }

    public async Task<ToolResult> ExecuteAsync(ChangeRequestId id)
    {
        Life.Begin();
        return (await Desk.ExecuteAsync(id, Silent, TestContext.Current.CancellationToken)).Result;
    }

    /// <summary>What an approved change comes to.</summary>
    public async Task<ChangeRequest> CarryOutAsync(ChangeRequestId id)
    {
        await ExecuteAsync(id);
        return await ShowAsync(id);
    }

    /// <summary>Executes until this process dies.</summary>
    public async Task DieExecutingAsync(ChangeRequestId id)
    {
        var execution = Task.Run(() => ExecuteAsync(id));
        var first = await Task.WhenAny(execution, Life.Died).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(first == Life.Died, $"It lived on: {string.Join("\n", Life.Moments)}");
    }

    /// <summary>Goes on with what others left, once their leases have lapsed.</summary>
    public Task<int> RecoverAsync() => RecoverAsync(TimeSpan.FromSeconds(35));

    public Task<int> RecoverAsync(TimeSpan waited)
    {
        Shop.Clock.Advance(waited);
        return _services.GetRequiredService<IChangeRecovery>().RunOnceAsync(Silent, TestContext.Current.CancellationToken);
    }

    public async Task<ChangeRequest> ShowAsync(ChangeRequestId id) =>
        await Desk.ShowAsync(id, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"There is no {id}.");

    public async Task<IReadOnlyList<string>> StepsAsync(ChangeRequestId id) =>
        [.. (await Desk.StepsAsync(id, TestContext.Current.CancellationToken)).Select(step => $"{step.Name}: {step.Result ?? "unfinished"}")];

    /// <summary>The request raised to take a failed change back.</summary>
    public async Task<ChangeRequest> RemedyOfAsync(ChangeRequestId failed) =>
        Assert.Single(await Desk.ListAsync(new ChangeRequestQuery([]), TestContext.Current.CancellationToken), request => request.RemedyOf == failed);

    public async Task<IReadOnlyList<AuditKind>> AuditedAsync(ChangeRequestId id) =>
    [
        .. (await Audit.LatestAsync(100, TestContext.Current.CancellationToken))
            .Where(entry => entry.Record.Subject == id.Value).OrderBy(entry => entry.Sequence).Select(entry => entry.Record.Kind),
    ];

    /// <summary>A process that died is not disposed of: it would have to finish what it was doing.</summary>
    public ValueTask DisposeAsync() => Life.Died.IsCompleted ? ValueTask.CompletedTask : _services.DisposeAsync();
}
