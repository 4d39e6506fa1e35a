using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Stores;
using SreAgent.Testing.Time;

namespace SreAgent.Testing.Guardrail;

/// <summary>The real guardrail over the real store, with a world of knobs to change, a clock to move and a store that can be jammed.</summary>
public sealed class GuardrailHarness : IAsyncDisposable
{
    private static readonly Progress<string> Silent = new();
    private readonly ServiceProvider _services;
    private readonly bool _ownsFolder;
    private int _calls;

    private GuardrailHarness(ServiceProvider services, KnobWorld world, ManualClock clock, Faults faults, string folder, bool ownsFolder)
    {
        _services = services;
        _ownsFolder = ownsFolder;
        World = world;
        Clock = clock;
        Faults = faults;
        Folder = folder;
    }

    public static Actor Ada { get; } = new("os:ada", Surface.Terminal, IsHuman: true);

    public static Actor Grace { get; } = new("os:grace", Surface.Terminal, IsHuman: true);

    public static Actor Mallory { get; } = new("os:mallory", Surface.Terminal, IsHuman: true);

    public static Actor Schedule { get; } = new("schedule:nightly", Surface.Schedule, IsHuman: false);

    public KnobWorld World { get; }

    public ManualClock Clock { get; }

    public Faults Faults { get; }

    public string Folder { get; }

    public IToolInvoker Invoker => _services.GetRequiredService<IToolInvoker>();

    public IApprovalDesk Desk => _services.GetRequiredService<IApprovalDesk>();

    public FaultyAuditTrail Audit => (FaultyAuditTrail)_services.GetRequiredService<IAuditTrail>();

    public IChangeRecovery Recovery => _services.GetRequiredService<IChangeRecovery>();

    public IResultStore Results => _services.GetRequiredService<IResultStore>();

    public IKillSwitch KillSwitch => _services.GetRequiredService<IKillSwitch>();

    public FaultyChangeRequestStore Requests => (FaultyChangeRequestStore)_services.GetRequiredService<IChangeRequestStore>();

    public static IReadOnlyDictionary<string, string?> PracticeSettings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Guardrails:DefaultEnvironment"] = "practice",
        ["Guardrails:Environments:practice:Approvers:0"] = "os:ada",
        ["Guardrails:Environments:practice:Approvers:1"] = "os:grace",
    };

    /// <param name="settings">On top of <see cref="PracticeSettings"/>.</param>
    /// <param name="like">Shares another harness' store, world and clock: a second replica.</param>
    /// <param name="world">What can be changed; a fresh one when left out.</param>
    /// <param name="personas">Who can be spoken to; one who may do anything when left out.</param>
    public static GuardrailHarness Start(
        IReadOnlyDictionary<string, string?>? settings = null, GuardrailHarness? like = null, IPersonaCatalogue? personas = null, KnobWorld? world = null)
    {
        var folder = like?.Folder ?? TemporaryFolder();
        world ??= like?.World ?? new KnobWorld();
        var clock = like?.Clock ?? ManualClock.AtNoon();
        var faults = new Faults();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(PracticeSettings)
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            .AddInMemoryCollection([new("Store:Path", Path.Combine(folder, "store.db"))])
            .Build();

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IToolset>(world);
        services.AddSingleton(personas ?? new FixedPersonas(APersona.WhoMayDoAnything));
        services.AddStore(configuration);
        services.AddGuardrail(configuration);
        services.Decorate<IChangeRequestStore>(inner => new FaultyChangeRequestStore(inner, faults));
        services.Decorate<IAuditTrail>(inner => new FaultyAuditTrail(inner, faults));
        services.Decorate<IKillSwitch>(inner => new FaultyKillSwitch(inner, faults));
        return new GuardrailHarness(services.BuildServiceProvider(), world, clock, faults, folder, ownsFolder: like is null);
    }

    public Task<ToolOutcome> CallAsync(string tool, object arguments, Actor? actor = null, Persona? persona = null) =>
        InvokeAsync(tool, JsonSerializer.SerializeToElement(arguments), new CallContext(actor ?? Ada, persona ?? APersona.WhoMayDoAnything));

    public Task<ToolOutcome> InvokeAsync(string tool, JsonElement arguments, CallContext context) =>
        Invoker.InvokeAsync(
            new ToolCall($"call-{Interlocked.Increment(ref _calls)}", tool, arguments), context, Silent, CancellationToken.None);

    /// <summary>Asks for a turn of a knob; returns the request that waits.</summary>
    public async Task<ChangeRequestId> AskAsync(string target = "volume", int value = 7, Actor? actor = null)
    {
        var outcome = await CallAsync("knob_turn_value", new { target, value }, actor);
        return Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result).Id;
    }

    /// <summary>Asks for several knobs to be turned, step by step; returns the request that waits.</summary>
    public async Task<ChangeRequestId> AskRampAsync(bool undoOnFailure = false, params string[] targets)
    {
        var outcome = await CallAsync("knob_ramp_value", new { targets, value = 7, undo_on_failure = undoOnFailure });
        return Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result).Id;
    }

    public Task<int> RecoverAsync() => Recovery.RunOnceAsync(Silent, CancellationToken.None);

    public Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor? approver = null, bool overrideDenial = false) =>
        Desk.ApproveAsync(id, approver ?? Grace, overrideDenial, CancellationToken.None);

    public async Task<ToolResult> ExecuteAsync(ChangeRequestId id) => (await Desk.ExecuteAsync(id, Silent, CancellationToken.None)).Result;

    public async Task<ChangeRequest> ShowAsync(ChangeRequestId id) =>
        await Desk.ShowAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"There is no {id}.");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>In memory where the machine offers it: thousands of durable appends should not wait for a disk.</summary>
    private static string TemporaryFolder()
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(root, $"sre-agent-test-{Guid.NewGuid():N}")).FullName;
    }
}
