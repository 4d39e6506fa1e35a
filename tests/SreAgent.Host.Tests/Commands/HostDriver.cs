using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;
using SreAgent.Core.Conversations;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Host.Commands.Documents;
using SreAgent.Host.Terminal;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Stores;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Commands;

/// <summary>Runs the whole program in process, everything behind it in memory.</summary>
internal sealed class HostDriver
{
    private readonly ServiceCollection _services = new();

    public HostDriver()
    {
        Desk = new RehearsedDesk(TimeProvider.System);
        Conversations = new RehearsedConversations(TimeProvider.System, Store);
        var personas = new RehearsedPersonas();
        _services.AddSingleton(TimeProvider.System)
            .AddSingleton<IConversationStore>(Store).AddSingleton<IApprovalDesk>(Desk).AddSingleton<IConversationService>(Conversations)
            .AddSingleton<IAuditTrail>(Record).AddSingleton<IPolicySource>(Record).AddSingleton<IKillSwitch>(Record)
            .AddSingleton<IPersonaCatalogue>(personas).AddSingleton<ISkillCatalogue>(personas).AddSingleton<IToolInvoker>(Tools)
            .AddSingleton<IStoreProbe>(new RehearsedStoreProbe(new ProbeResult(Ok: true, "/var/lib/sre-agent.db, schema 1, SQLite 3.45.1")))
            .Configure<TerminalOptions>(options => options.HistoryFile = "");
    }

    public RehearsedDesk Desk { get; }

    public RehearsedConversations Conversations { get; }

    public InMemoryConversationStore Store { get; } = new();

    public RehearsedRecord Record { get; } = new();

    public RehearsedTools Tools { get; } = new();

    public CapturedConsole Console { get; private set; } = new();

    /// <summary>Thrown instead of composing anything.</summary>
    public Exception? ComposingFails { get; init; }

    public HostArguments? Composed { get; private set; }

    public HostDriver With(IIntegration integration)
    {
        _services.AddSingleton(integration);
        return this;
    }

    public HostDriver With(ModelInUse model)
    {
        _services.AddSingleton(model);
        return this;
    }

    public HostDriver WithPersonaCheck(params DocumentRow[] rows)
    {
        _services.AddSingleton<IPersonaFileCheck>(new FixedCheck(rows));
        return this;
    }

    public Task<int> RunAsync(params string[] args) => RunAsync(new CapturedConsole(), args);

    public Task<int> RunAsync(CapturedConsole console, params string[] args)
    {
        Console = console;
        return SreAgentHost.RunAsync(args, console, arguments =>
        {
            Composed = arguments;
            return ComposingFails is null ? _services.BuildServiceProvider() : throw ComposingFails;
        });
    }

    /// <summary>The one document on standard output.</summary>
    public JsonElement Json() => JsonElement.Parse(Console.Said);

    private sealed class FixedCheck(IReadOnlyList<DocumentRow> rows) : IPersonaFileCheck
    {
        public Task<IReadOnlyList<DocumentRow>> CheckAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) => Task.FromResult(rows);
    }
}
