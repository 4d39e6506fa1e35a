using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>A persona and where in its file it names what must exist elsewhere.</summary>
/// <param name="Tools">Every tool, toolset or pattern it holds.</param>
/// <param name="SkillsLine">Where it lists its skills; 0 when it does not.</param>
internal sealed record PersonaDocument(Persona Persona, IReadOnlyList<NamedTool> Tools, int SkillsLine)
{
    /// <summary>What it names and this host does not have. Nothing of it keeps the persona from being used.</summary>
    public IEnumerable<DocumentProblem> Unknown(KnownNames known)
    {
        foreach (var missing in Tools.Select(tool => known.Missing(tool.Pattern, tool.Line)).OfType<DocumentProblem>())
        {
            yield return missing;
        }

        foreach (var skill in Persona.Skills.Where(skill => known.Skills is { } skills && !skills.Contains(skill)))
        {
            yield return new DocumentProblem(SkillsLine, ProblemSeverity.Warning, $"names the skill {skill}, which this host does not have");
        }

        foreach (var to in Persona.Handovers.Select(handover => handover.To).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (known.Personas is { } personas && !personas.Contains(to))
            {
                yield return new DocumentProblem(0, ProblemSeverity.Info, $"hands over to {to}, which is no persona of this host: that will be a person or another system");
            }
        }

        foreach (var server in Persona.RecommendedMcpServers.Select(recommendation => recommendation.Server))
        {
            var saidAbove = Tools.Any(tool => string.Equals(tool.Pattern, server, StringComparison.OrdinalIgnoreCase));
            if (known.Tools is not null && !saidAbove && !known.HasTool(server) && !known.McpServers.Contains(server))
            {
                yield return new DocumentProblem(0, ProblemSeverity.Info, $"recommends the MCP server {server}, which is neither built in nor configured");
            }
        }
    }

    public static string DialectName(PersonaDialect dialect) => dialect switch
    {
        PersonaDialect.Role => "role",
        PersonaDialect.Lens => "lens",
        PersonaDialect.JobDescription => "job-description",
        _ => "agent",
    };
}
