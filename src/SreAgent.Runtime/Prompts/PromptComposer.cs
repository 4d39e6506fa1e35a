using System.Text.RegularExpressions;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Prompts;

/// <summary>
/// Makes the instructions a model gets from the fragments <c>system.md</c> names in its order. A fragment in which a placeholder has
/// nothing to say is left out whole, so a fragment about skills simply does not appear when there are none. What is put in is never
/// looked through for placeholders again.
/// </summary>
public sealed partial class PromptComposer : ISystemPrompt
{
    private const string Main = "system";

    private readonly ISkillCatalogue _skills;
    private readonly IServiceCatalogue _services;
    private readonly IReadOnlyList<string> _fragments;

    /// <exception cref="ToolException">A fragment is missing, or one has a placeholder that does not exist; the message names it.</exception>
    internal PromptComposer(PromptFragments fragments, ISkillCatalogue skills, IServiceCatalogue services)
    {
        _skills = skills;
        _services = services;
        _fragments = [.. Includes().Matches(fragments[Main]).Select(match => match.Groups["name"].Value).Select(name => Checked(name, fragments[name]))];
        if (_fragments.Count == 0)
        {
            throw new ToolException($"The prompt fragment '{Main}' names no other: write one line {{{{> name}}}} for each.");
        }
    }

    /// <inheritdoc/>
    public string For(Persona persona, string? mode)
    {
        ArgumentNullException.ThrowIfNull(persona);
        return Compose(persona, mode is null ? null : persona.Modes.FirstOrDefault(known => string.Equals(known.Name, mode, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The instructions for a conversation with this persona. The same input gives the same text, so that providers can cache it.</summary>
    /// <param name="mode">One of the persona's modes, when one is active.</param>
    public string Compose(Persona persona, PersonaMode? mode)
    {
        ArgumentNullException.ThrowIfNull(persona);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Values)
        {
            values[name] = value(this, persona, mode);
        }

        var parts = _fragments
            .Where(fragment => Placeholders().Matches(fragment).All(match => values[match.Groups["name"].Value].Length > 0))
            .Select(fragment => Placeholders().Replace(fragment, match => values[match.Groups["name"].Value]));
        return string.Join("\n\n", parts) + "\n";
    }

    private static readonly Dictionary<string, Func<PromptComposer, Persona, PersonaMode?, string>> Values = new(StringComparer.Ordinal)
    {
        ["persona.id"] = (_, persona, _) => persona.Id,
        ["persona.name"] = (_, persona, _) => persona.Name,
        ["persona.instructions"] = (_, persona, _) => persona.Instructions,
        ["mode.name"] = (_, _, mode) => mode?.Name ?? "",
        ["mode.description"] = (_, _, mode) => mode?.Description ?? "",
        ["skills"] = (composer, persona, _) => Lines(composer.SkillsOf(persona).Select(skill => $"- {skill.Name}: {skill.Description}")),
        ["services"] = (composer, _, _) => Lines(composer._services.All.Select(Describe)),
    };

    /// <summary>Those it names; all of them when it names none.</summary>
    private IReadOnlyList<Skill> SkillsOf(Persona persona) =>
        persona.Skills.Count == 0 ? _skills.All : [.. persona.Skills.Select(_skills.Find).OfType<Skill>()];

    private static string Describe(Service service)
    {
        var facts = new[]
        {
            ("series", service.MetricSelector is null ? null : "{" + service.MetricSelector + "}"),
            ("owner", service.Owner),
            ("dashboard", service.Dashboard),
            ("runbook", service.Runbook),
            ("repository", service.Repository),
            ("fly app", service.FlyApp),
        };
        return $"- {service.Name} ({service.Environment}){string.Concat(facts.Where(fact => fact.Item2 is not null).Select(fact => $"; {fact.Item1} {fact.Item2}"))}";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Checked(string name, string fragment)
    {
        foreach (Match match in Placeholders().Matches(fragment))
        {
            if (!Values.ContainsKey(match.Groups["name"].Value))
            {
                throw new ToolException(
                    $"The prompt fragment '{name}' has the placeholder '{match.Value}', which does not exist. There are: {string.Join(", ", Values.Keys)}.");
            }
        }

        return fragment;
    }

    [GeneratedRegex(@"\{\{> *(?<name>[a-z-]+) *\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Includes();

    [GeneratedRegex(@"\{\{ *(?<name>[^{}>]+?) *\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholders();
}
