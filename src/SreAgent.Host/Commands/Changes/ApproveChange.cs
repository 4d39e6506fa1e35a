using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Changes;

/// <summary>Approves and carries out. Refuses before anything else when no person sits at both ends (G5).</summary>
internal static class ApproveChange
{
    public static Command Build(CommandHost host)
    {
        var id = ShowChange.Id();
        var overrideDenial = new Option<bool>("--override") { Description = "Also lift a freeze or a spent error budget; the record says you did" };
        var command = new Command("approve", "Read the plan, type a phrase from it, have it carried out (interactive terminal only)") { id, overrideDenial };
        host.SetActionBeforeComposing(command, async (parse, compose, cancellationToken) =>
        {
            if (host.Console.Terminal is not { } terminal)
            {
                await host.Console.Error.WriteLineAsync(Interactive.Refusal($"sre-agent changes approve {SafeText.Line(parse.GetRequiredValue(id), 40)}"));
                return ExitStatus.Waiting;
            }

            var services = compose();
            try
            {
                var request = await ShowChange.FindAsync(services.GetRequiredService<IApprovalDesk>(), parse.GetRequiredValue(id), cancellationToken);
                var flow = new ApprovalFlow(
                    services.GetRequiredService<IApprovalDesk>(), terminal, new Ink(host.Console.Colour), services.GetService<TimeProvider>() ?? TimeProvider.System);
                var ended = await flow.RunAsync(request, OperatingSystemActor.Current(Surface.Terminal), parse.GetValue(overrideDenial), cancellationToken);
                return ended.ExitStatus;
            }
            finally
            {
                await CommandHost.DisposeAsync(services);
            }
        });
        return command;
    }
}
