using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Host.Commands;
using SreAgent.Host.Composition;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>One process of the attacked installation: the whole real composition, behind a store whose doors sometimes jam.</summary>
internal sealed class HostileReplica : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private HostileReplica(ServiceProvider services, Faults faults) => (_services, Faults) = (services, faults);

    public Faults Faults { get; }

    public IToolInvoker Invoker => _services.GetRequiredService<IToolInvoker>();

    public IApprovalDesk Desk => _services.GetRequiredService<IApprovalDesk>();

    public IChangeRecovery Recovery => _services.GetRequiredService<IChangeRecovery>();

    public IKillSwitch KillSwitch => _services.GetRequiredService<IKillSwitch>();

    public IAuditTrail Audit => _services.GetRequiredService<IAuditTrail>();

    public FaultyChangeRequestStore Requests => (FaultyChangeRequestStore)_services.GetRequiredService<IChangeRequestStore>();

    public static HostileReplica Start(IReadOnlyDictionary<string, string?> settings, TimeProvider clock)
    {
        var faults = new Faults();
        var services = new ServiceCollection().AddSreAgent(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(clock);
        services.Decorate<IChangeRequestStore>(inner => new FaultyChangeRequestStore(inner, faults));
        services.Decorate<IAuditTrail>(inner => new FaultyAuditTrail(inner, faults));
        services.Decorate<IKillSwitch>(inner => new FaultyKillSwitch(inner, faults));
        var provider = services.BuildServiceProvider();
        SettingsChecks.Demand(provider);
        return new HostileReplica(provider, faults);
    }

    public Persona Persona(Role role) => role switch
    {
        Role.CommandLine => CommandLinePersona.Value,
        Role.Sre => Shipped("sre"),
        _ => Shipped("sre-operator"),
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Persona Shipped(string id) =>
        _services.GetRequiredService<IPersonaCatalogue>().Find(id) ?? throw new InvalidOperationException($"There is no persona {id}.");
}
