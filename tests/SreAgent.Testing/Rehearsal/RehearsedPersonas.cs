using SreAgent.Core.Personas;
using SreAgent.Core.Skills;

namespace SreAgent.Testing.Rehearsal;

/// <summary>Two personas and a skill.</summary>
public sealed class RehearsedPersonas : IPersonaCatalogue, ISkillCatalogue
{
    private static readonly Skill DeployFly = new()
    {
        Name = "deploy-fly",
        Description = "Deploys to Fly.",
        Path = "skills/deploy-fly/SKILL.md",
        Body = "Look first.",
        AllowedTools = ["fly_deploy"],
        Files = ["references/rollback.md"],
    };

    IReadOnlyList<Persona> IPersonaCatalogue.All { get; } =
    [
        new()
        {
            Id = "kai",
            Name = "Kai",
            Dialect = PersonaDialect.Role,
            Path = "personas/kai.md",
            Description = "Reviews what is about to run in production.",
            Instructions = "Speak in the first person.",
            ToolGrants = ["prometheus_*"],
            MustAnswer = [new MustAnswer("on-call", "Who is paged, and what do they read first?")],
            RecommendedMcpServers = [new McpRecommendation("pagerduty", "who is on call")],
        },
        new() { Id = "sre", Name = "SRE", Dialect = PersonaDialect.Agent, Path = "personas/sre.md", Description = "Operates.", Instructions = "Operate.", ToolGrants = ["*"] },
    ];

    IReadOnlyList<Skill> ISkillCatalogue.All { get; } = [DeployFly];

    Persona? IPersonaCatalogue.Find(string idOrName) =>
        ((IPersonaCatalogue)this).All.FirstOrDefault(persona => string.Equals(persona.Id, idOrName, StringComparison.OrdinalIgnoreCase));

    Skill? ISkillCatalogue.Find(string name) => name == DeployFly.Name ? DeployFly : null;

    public Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
