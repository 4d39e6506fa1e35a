using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Tools;

namespace SreAgent.Host.Commands.Tools;

/// <summary><c>tools list | show | check | call</c>.</summary>
internal sealed class ToolsCommand : IHostCommand
{
    public Command Build(CommandHost host) =>
        new Command("tools", "What it can look at and do, and a way to call one by hand")
        {
            List(host),
            Show(host),
            ToolsCheck.Build(host),
            CallTool.Build(host),
        };

    /// <summary>As whom tools are listed and called: a persona, or the person at the command line, who holds them all.</summary>
    public static CallContext Context(IServiceProvider services, string? persona) => new(
        OperatingSystemActor.Current(Surface.Terminal),
        persona is null ? CommandLinePersona.Value : CommonOptions.Resolve(services.GetRequiredService<IPersonaCatalogue>(), persona));

    public static Tool Find(IServiceProvider services, IReadOnlyList<Tool> tools, string name) =>
        tools.FirstOrDefault(tool => tool.Answers(name))
        ?? throw new UsageException(services.GetService<SwitchedOffToolsets>()?.WhyOff(name) is { } off
            ? $"{SafeText.Line(name, 60)} is off here: {off}"
            : $"There is no tool '{SafeText.Line(name, 60)}'.{Closest.Hint(name, tools.Select(tool => tool.Name))}");

    private static Command List(CommandHost host)
    {
        var json = CommonOptions.Json();
        var persona = CommonOptions.Persona();
        var command = new Command("list", "Every tool, or those one persona holds") { persona, json };
        host.SetAction(command, async (services, parse, _) =>
        {
            var tools = services.GetRequiredService<IToolInvoker>().ToolsFor(Context(services, parse.GetValue(persona))).Select(ToolDocument.Of).ToArray();
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, tools);
                return ExitStatus.Fine;
            }

            TextTable.Write(host.Console, ["name", "effect", "tokens", "description"],
                [.. tools.Select(tool => new[] { tool.Name, tool.Effect.ToString().ToLowerInvariant(), tool.Tokens.ToString(), tool.Description })]);
            await host.Console.Out.WriteLineAsync($"{tools.Length} tools, about {tools.Sum(tool => tool.Tokens):N0} tokens to list.");
            return ExitStatus.Fine;
        });
        return command;
    }

    private static Command Show(CommandHost host)
    {
        var name = new Argument<string>("NAME");
        var json = CommonOptions.Json();
        var command = new Command("show", "One tool: what it does, and its arguments") { name, json };
        host.SetAction(command, async (services, parse, _) =>
        {
            var tool = Find(services, services.GetRequiredService<IToolInvoker>().ToolsFor(Context(services, persona: null)), parse.GetRequiredValue(name));
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, ToolDocument.Of(tool));
                return ExitStatus.Fine;
            }

            foreach (var line in ToolPage.Lines(tool, new Ink(host.Console.Colour)))
            {
                await host.Console.Out.WriteLineAsync(line);
            }

            return ExitStatus.Fine;
        });
        return command;
    }
}
