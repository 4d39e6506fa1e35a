using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Changes;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Changes;

internal static class ListChanges
{
    public static Command Build(CommandHost host)
    {
        var json = CommonOptions.Json();
        var all = new Option<bool>("--all") { Description = "Also those that are decided, expired or done" };
        var command = new Command("list", "What waits for a yes") { json, all };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            IReadOnlyList<ChangeRequestState> states = parse.GetValue(all) ? [] : [ChangeRequestState.Pending, ChangeRequestState.Approved, ChangeRequestState.Executing];
            var requests = await services.GetRequiredService<IApprovalDesk>().ListAsync(new ChangeRequestQuery(states), cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, requests.Select(request => ChangeDocument.Of(request)));
                return ExitStatus.Fine;
            }

            if (requests.Count == 0)
            {
                await host.Console.Out.WriteLineAsync(parse.GetValue(all) ? "No change was ever asked for." : "Nothing waits for an approval.");
                return ExitStatus.Fine;
            }

            var now = services.GetService<TimeProvider>() ?? TimeProvider.System;
            TextTable.Write(host.Console, ["id", "state", "where", "asked by", "expires", "what"],
                [.. requests.Select(request => new[]
                {
                    request.Id.Value, ChangeWords.Of(request.State), request.Scope.Environment, request.Scope.Requester,
                    request.IsOpen ? ChangeCard.Expiry(request.ExpiresAt, now.GetUtcNow()) : "–", request.Plan.Summary,
                })]);
            return ExitStatus.Fine;
        });
        return command;
    }
}
