using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Documents;

/// <summary>What this host has, for checking what documents name. A list that is null is not checked against.</summary>
public sealed record KnownNames
{
    /// <summary>Checks no names at all.</summary>
    public static KnownNames Unchecked { get; } = new();

    /// <summary>Tool names, former names included, and toolset names.</summary>
    public IReadOnlySet<string>? Tools { get; init; }

    /// <summary>Toolsets this host could have, and what keeps them off.</summary>
    public SwitchedOffToolsets SwitchedOff { get; init; } = new([]);

    public IReadOnlySet<string>? Skills { get; init; }

    /// <summary>Ids and names.</summary>
    public IReadOnlySet<string>? Personas { get; init; }

    /// <summary>Outside MCP servers that are configured; built-in toolsets are found among <see cref="Tools"/>.</summary>
    public IReadOnlySet<string> McpServers { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything a running host has.</summary>
    public static KnownNames Of(IEnumerable<Tool> tools, IPersonaCatalogue personas, ISkillCatalogue skills)
    {
        ArgumentNullException.ThrowIfNull(personas);
        ArgumentNullException.ThrowIfNull(skills);
        return new KnownNames
        {
            Tools = ToolNames(tools),
            Personas = personas.All.SelectMany(persona => new[] { persona.Id, persona.Name }).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Skills = skills.All.Select(skill => skill.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    public static IReadOnlySet<string> ToolNames(IEnumerable<Tool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return tools.SelectMany(tool => tool.Aliases.Prepend(tool.Name).Prepend(tool.Toolset)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is to be said of a tool, toolset or pattern a document names; absent when there is one.</summary>
    internal DocumentProblem? Missing(string pattern, int line)
    {
        if (HasTool(pattern))
        {
            return null;
        }

        return SwitchedOff.WhyOff(pattern) is { } because
            ? new DocumentProblem(line, ProblemSeverity.Info, $"names {pattern}, which is off here: {because}")
            : new DocumentProblem(line, ProblemSeverity.Warning, $"names {pattern}, which this host does not have");
    }

    /// <summary>Whether a tool, toolset or pattern over either names anything there is.</summary>
    internal bool HasTool(string pattern) =>
        Tools is null || (pattern.Contains('*', StringComparison.Ordinal) ? Tools.Any(name => Pattern.Matches(pattern, name)) : Tools.Contains(pattern));
}
