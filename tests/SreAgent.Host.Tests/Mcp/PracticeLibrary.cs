using SreAgent.Core.Catalogue;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>Two personas, one skill, services as a test adds them, and results as a test keeps them.</summary>
internal sealed class PracticeLibrary : IPersonaCatalogue, ISkillCatalogue, IServiceCatalogue, IResultStore, IConversationStore
{
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);

    private readonly Persona[] _personas =
    [
        new()
        {
            Id = "ada", Name = "Ada", Dialect = PersonaDialect.Agent, Path = "ada.md", Description = "Runs practice.", Instructions = "You are Ada.",
            ToolGrants = ["practice", "other_*"],
            MustAnswer = [new MustAnswer("upgrade", "How is it upgraded?"), new MustAnswer("on-call", "Who is on call?")],
            Modes = [new PersonaMode("firefighter", "Stop the bleeding first."), new PersonaMode("automator", "Remove toil.")],
        },
        new()
        {
            Id = "reader", Name = "Reader", Dialect = PersonaDialect.Agent, Path = "reader.md", Description = "Echoes.", Instructions = "You are Reader.",
            ToolGrants = ["practice_echo"],
        },
    ];

    public List<Service> ServiceList { get; } = [new() { Name = "checkout", Environment = "practice", Owner = "payments" }, new() { Name = "cart", Environment = "practice" }];

    public List<KeptResult> Kept { get; } = [];

    public Skill Skill { get; } = new()
    {
        Name = "deploy-fly",
        Description = "Deploys to Fly.",
        Path = "deploy-fly/SKILL.md",
        Body = "# Deploy\n",
        Files = ["references/rollback.md"],
    };

    IReadOnlyList<Persona> IPersonaCatalogue.All => _personas;

    IReadOnlyList<Skill> ISkillCatalogue.All => [Skill];

    IReadOnlyList<Service> IServiceCatalogue.All => ServiceList;

    Persona? IPersonaCatalogue.Find(string idOrName) =>
        _personas.FirstOrDefault(persona => string.Equals(persona.Id, idOrName, StringComparison.OrdinalIgnoreCase));

    Skill? ISkillCatalogue.Find(string name) => string.Equals(name, Skill.Name, StringComparison.Ordinal) ? Skill : null;

    Service? IServiceCatalogue.Find(string name) =>
        ServiceList.Find(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));

    public Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken) =>
        Task.FromResult<string?>($"text of {relativePath}");

    public Task<string> KeepAsync(string? conversationId, string tool, string text, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var handle = $"res-{Kept.Count}";
        Kept.Insert(0, new KeptResult(handle, conversationId, tool, text, at));
        return Task.FromResult(handle);
    }

    Task<KeptResult?> IResultStore.FindAsync(string handle, CancellationToken cancellationToken) =>
        Task.FromResult(Kept.Find(kept => string.Equals(kept.Handle, handle, StringComparison.Ordinal)));

    Task<IReadOnlyList<KeptResult>> IResultStore.ListAsync(string? conversationId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeptResult>>([.. Kept.Take(limit)]);

    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        _conversations[conversation.Id] = conversation;
        return Task.CompletedTask;
    }

    Task<Conversation?> IConversationStore.FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_conversations.GetValueOrDefault(id));

    Task<IReadOnlyList<Conversation>> IConversationStore.ListAsync(string? owner, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Conversation>>([.. _conversations.Values]);

    public Task AppendAsync(string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredMessage>>([]);
}
