using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Testing;

/// <summary>A conversation a test can have: the real loop over a model and tools of the test's own.</summary>
public sealed class ConversationDriver : IDisposable
{
    private readonly ServiceProvider _services;
    private string? _id;

    public ConversationDriver(
        IChatClient model, IReadOnlyList<Tool> tools, Dictionary<string, string?>? settings = null, InMemoryConversationStore? store = null,
        InMemoryApprovalDesk? desk = null, TimeProvider? clock = null, ModelPrice? price = null, IPersonaCatalogue? personas = null)
    {
        Store = store ?? new InMemoryConversationStore();
        Desk = desk ?? new InMemoryApprovalDesk();
        Invoker = new InMemoryToolInvoker(Desk, tools);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IConversationStore>(Store);
        services.AddSingleton<IResultStore>(Results);
        services.AddSingleton<IApprovalDesk>(Desk);
        services.AddSingleton<IToolInvoker>(Invoker);
        services.AddSingleton(personas ?? new InMemoryPersonas(InMemoryPersonas.Named("kai"), InMemoryPersonas.Named("sre", "firefighter")));
        services.AddSingleton<ISystemPrompt>(new PlainPrompt());
        services.AddSingleton(Redactor.WithoutConfiguredValues);
        services.AddSingleton(new ChatModel("scripted", "test", "the test says so", () => model) { Price = price, Retries = 2 });
        services.AddConversations(configuration);
        _services = services.BuildServiceProvider();
        Service = _services.GetRequiredService<IConversationService>();
    }

    public static Actor Ada { get; } = new("os:ada", Surface.Terminal, IsHuman: true);

    public InMemoryConversationStore Store { get; }

    public InMemoryResultStore Results { get; } = new();

    public InMemoryApprovalDesk Desk { get; }

    public InMemoryToolInvoker Invoker { get; }

    public IConversationService Service { get; }

    /// <summary>Of the conversation under way; taken over from another driver to play a restarted process.</summary>
    public string Id
    {
        get => _id ?? throw new InvalidOperationException("Nothing was said yet.");
        set => _id = value;
    }

    public async Task<TurnRecord> SayAsync(string text, CancellationToken cancellationToken = default)
    {
        _id ??= (await Service.StartAsync(Ada, persona: null, CancellationToken.None)).Id;
        return await TurnRecord.OfAsync(Service.HandleAsync(new InboundMessage(_id, Ada, text), cancellationToken));
    }

    public Task<TurnRecord> ResumeAsync(Actor? actor = null) => TurnRecord.OfAsync(Service.ResumeAsync(Id, actor ?? Ada, CancellationToken.None));

    public void Dispose() => _services.Dispose();

    private sealed class PlainPrompt : ISystemPrompt
    {
        public string For(Persona persona, string? mode) => mode is null ? persona.Instructions : $"{persona.Instructions} As {mode}.";
    }
}

/// <summary>Everything a turn showed.</summary>
public sealed record TurnRecord(IReadOnlyList<TurnEvent> Events)
{
    public TurnEvent.Finished Finished => Assert.Single(Events.OfType<TurnEvent.Finished>());

    public TurnEnd End => Finished.End;

    public string Text => string.Concat(Events.OfType<TurnEvent.TextDelta>().Select(delta => delta.Text));

    public IReadOnlyList<ToolOutcome> Outcomes => [.. Events.OfType<TurnEvent.ToolFinished>().Select(finished => finished.Outcome)];

    public static async Task<TurnRecord> OfAsync(IAsyncEnumerable<TurnEvent> events)
    {
        List<TurnEvent> all = [];
        await foreach (var happened in events)
        {
            all.Add(happened);
        }

        Assert.IsType<TurnEvent.Finished>(all[^1]);
        return new TurnRecord(all);
    }
}
