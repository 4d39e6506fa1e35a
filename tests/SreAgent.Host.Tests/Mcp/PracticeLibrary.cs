using SreAgent.Core.Catalogue;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>Two personas, one skill, and services as a test adds them.</summary>
internal sealed class PracticeLibrary : IPersonaCatalogue, ISkillCatalogue, IServiceCatalogue
{
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
}
