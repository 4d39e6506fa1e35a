using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Changes;

/// <summary>A no needs no ceremony: it changes nothing, so it may also come from a script.</summary>
internal static class DenyChange
{
    public static Command Build(CommandHost host)
    {
        var id = ShowChange.Id();
        var reason = new Option<string>("--reason", "-r") { Description = "Told to whoever asked, and to the model", DefaultValueFactory = static _ => "" };
        var command = new Command("deny", "Say no to a change") { id, reason };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var desk = services.GetRequiredService<IApprovalDesk>();
            var request = await ShowChange.FindAsync(desk, parse.GetRequiredValue(id), cancellationToken);
            var outcome = await desk.DenyAsync(request.Id, OperatingSystemActor.Current(Surface.Terminal), parse.GetRequiredValue(reason), cancellationToken);
            await (outcome.Accepted ? host.Console.Out : host.Console.Error).WriteLineAsync(SafeText.Line(outcome.Message));
            return outcome.Accepted ? ExitStatus.Fine : ExitStatus.No;
        });
        return command;
    }
}
