using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Markdown;

namespace SreAgent.Host.Commands.Documents;

/// <summary><c>personas list | show | check</c>.</summary>
internal sealed class PersonasCommand : IHostCommand
{
    public Command Build(CommandHost host) =>
        new Command("personas", "Who it can be") { List(host), Show(host), CheckDocuments.Build<IPersonaFileCheck>(host, "persona") };

    private static Command List(CommandHost host)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "Every persona") { json };
        host.SetAction(command, (services, parse, _) =>
        {
            var personas = services.GetRequiredService<IPersonaCatalogue>().All;
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, personas.Select(persona => new
                {
                    persona.Id,
                    persona.Name,
                    persona.Dialect,
                    persona.Description,
                    persona.Path,
                    Tools = persona.ToolGrants,
                    persona.Skills,
                }));
            }
            else
            {
                TextTable.Write(host.Console, ["id", "name", "what for"], [.. personas.Select(persona => new[] { persona.Id, persona.Name, persona.Description })]);
            }

            return Task.FromResult(ExitStatus.Fine);
        });
        return command;
    }

    private static Command Show(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "Id or name" };
        var json = CommonOptions.Json();
        var command = new Command("show", "One persona: duties, tools, questions it must answer") { name, json };
        host.SetAction(command, (services, parse, _) =>
        {
            var persona = CommonOptions.Resolve(services.GetRequiredService<IPersonaCatalogue>(), parse.GetRequiredValue(name));
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, persona);
                return Task.FromResult(ExitStatus.Fine);
            }

            foreach (var line in new MarkdownRenderer(new Ink(host.Console.Colour), host.Console.Width).Render(PersonaPage.Of(persona)))
            {
                host.Console.Out.WriteLine(line);
            }

            return Task.FromResult(ExitStatus.Fine);
        });
        return command;
    }
}
