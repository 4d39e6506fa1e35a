using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Tools;

/// <summary>Whether the catalogue stays cheap to list, and whether every tool that personas and skills name exists.</summary>
internal static class ToolsCheck
{
    /// <summary>Tokens the whole catalogue may cost to list (design §5).</summary>
    public const int Ceiling = 8_000;

    public static Command Build(CommandHost host)
    {
        var json = CommonOptions.Json();
        var command = new Command("check", "What listing them costs, and which tools personas and skills name in vain") { json };
        host.SetAction(command, async (services, parse, _) =>
        {
            var tools = services.GetRequiredService<IToolInvoker>().ToolsFor(ToolsCommand.Context(services, persona: null));
            var check = new ToolsCheckDocument(tools.Sum(tool => ToolDocument.Of(tool).Tokens), Ceiling, [.. Unknown(services, tools)]);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, check);
            }
            else
            {
                await host.Console.Out.WriteLineAsync($"{tools.Count} tools, about {check.Tokens:N0} of {Ceiling:N0} tokens to list.");
                foreach (var name in check.Unknown)
                {
                    await host.Console.Out.WriteLineAsync(SafeText.Line($"{name.NamedBy} names '{name.Tool}', which matches no tool here."));
                }
            }

            return check.Tokens <= Ceiling ? ExitStatus.Fine : ExitStatus.No;
        });
        return command;
    }

    private static IEnumerable<UnknownTool> Unknown(IServiceProvider services, IReadOnlyList<Tool> tools)
    {
        var personas = services.GetService<IPersonaCatalogue>()?.All.SelectMany(persona => persona.ToolGrants.Select(grant => new UnknownTool($"persona {persona.Id}", grant))) ?? [];
        var skills = services.GetService<ISkillCatalogue>()?.All.SelectMany(skill => skill.AllowedTools.Select(tool => new UnknownTool($"skill {skill.Name}", tool))) ?? [];
        return personas.Concat(skills)
            .Where(named => !tools.Any(tool => Pattern.Matches(named.Tool, tool.Toolset) || tool.Aliases.Prepend(tool.Name).Any(name => Pattern.Matches(named.Tool, name))));
    }
}

internal sealed record ToolsCheckDocument(int Tokens, int Ceiling, IReadOnlyList<UnknownTool> Unknown);

/// <param name="NamedBy">A persona or skill.</param>
/// <param name="Tool">As it is written there.</param>
internal sealed record UnknownTool(string NamedBy, string Tool);
