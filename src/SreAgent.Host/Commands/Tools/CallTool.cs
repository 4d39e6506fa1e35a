using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Tools;

/// <summary>Calls one tool by hand, through the same door as everybody else.</summary>
internal static class CallTool
{
    public static Command Build(CommandHost host)
    {
        var name = new Argument<string>("NAME");
        var args = new Option<string>("--args", "-a") { Description = "Arguments as a JSON object", HelpName = "JSON", DefaultValueFactory = static _ => "{}" };
        var persona = CommonOptions.Persona();
        var json = CommonOptions.Json();
        var command = new Command("call", "Call one tool") { name, args, persona, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var invoker = services.GetRequiredService<IToolInvoker>();
            var context = ToolsCommand.Context(services, parse.GetValue(persona));
            var tool = ToolsCommand.Find(services, invoker.ToolsFor(context), parse.GetRequiredValue(name));
            var call = new ToolCall($"call-{Guid.NewGuid():n}", tool.Name, Arguments(tool, parse.GetRequiredValue(args)));
            var outcome = await invoker.InvokeAsync(call, context, new ErrorProgress(host.Console), cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, ResultDocument.Of(outcome, withData: true));
            }
            else
            {
                Print(host.Console, outcome);
            }

            return ExitStatusOf(outcome.Result);
        });
        return command;
    }

    public static int ExitStatusOf(ToolResult result) => result switch
    {
        ToolResult.Denied => ExitStatus.No,
        ToolResult.Failed => ExitStatus.Unreachable,
        ToolResult.AwaitingApproval => ExitStatus.Waiting,
        _ => ExitStatus.Fine,
    };

    /// <exception cref="UsageException">Not JSON, or not what the tool takes; the message lists every problem.</exception>
    private static JsonElement Arguments(Tool tool, string text)
    {
        JsonElement arguments;
        try
        {
            arguments = JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"--args is not JSON: {exception.Message} It takes an object such as '{{\"query\":\"up\"}}'.", exception);
        }

        return ArgumentValidator.Check(tool.InputSchema, arguments) is ArgumentCheck.Invalid invalid
            ? throw new UsageException($"{tool.Name}: {string.Join(" ", invalid.Problems)} 'sre-agent tools show {tool.Name}' lists its arguments.")
            : arguments;
    }

    private static void Print(IConsoleIo console, ToolOutcome outcome)
    {
        foreach (var line in ToolLines.Of(outcome, Math.Min(console.Width, 120), new Ink(console.Colour), charts: console.OutputIsTerminal))
        {
            (outcome.Result is ToolResult.Found or ToolResult.NoData ? console.Out : console.Error).WriteLine(line);
        }

        if (outcome.Result is ToolResult.Found found)
        {
            JsonOutput.Write(console, found.Data);
        }
    }

    private sealed class ErrorProgress(IConsoleIo console) : IProgress<string>
    {
        public void Report(string value) => console.Error.WriteLine(SafeText.Line(value, console.Width));
    }
}
