using System.CommandLine;
using SreAgent.Core.Personas;

namespace SreAgent.Host.Commands;

/// <summary>Options several verbs take, worded once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output" };

    public static Option<string?> Persona() => new("--persona", "-p") { Description = "Who answers: an id or a name from 'sre-agent personas list'", HelpName = "ID" };

    /// <exception cref="UsageException">There is none of that name; the message lists those there are.</exception>
    public static Persona Resolve(IPersonaCatalogue personas, string idOrName) =>
        personas.Find(idOrName)
        ?? throw new UsageException($"There is no persona '{idOrName}'.{Closest.Hint(idOrName, personas.All.Select(persona => persona.Id))}");
}
