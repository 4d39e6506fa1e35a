using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Changes;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Changes;

internal static class ShowChange
{
    public static Argument<string> Id() => new("ID") { Description = "As 'changes list' shows it: chg-…" };

    public static Command Build(CommandHost host)
    {
        var id = Id();
        var json = CommonOptions.Json();
        var command = new Command("show", "Everything about one change") { id, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var desk = services.GetRequiredService<IApprovalDesk>();
            var request = await FindAsync(desk, parse.GetRequiredValue(id), cancellationToken);
            var steps = await desk.StepsAsync(request.Id, cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, ChangeDocument.Of(request, steps));
                return ExitStatus.Fine;
            }

            var clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
            foreach (var line in Lines(request, steps, clock.GetUtcNow(), host.Console.Width, new Ink(host.Console.Colour)))
            {
                await host.Console.Out.WriteLineAsync(line);
            }

            return ExitStatus.Fine;
        });
        return command;
    }

    public static IEnumerable<string> Lines(ChangeRequest request, IReadOnlyList<ChangeStep> steps, DateTimeOffset now, int width, Ink ink)
    {
        foreach (var line in ChangeCard.Lines(request, now, width, ink))
        {
            yield return line;
        }

        yield return "";
        yield return ink.Bold(ChangeWords.Sentence(request.State));
        if (request.State == ChangeRequestState.Executing && request.Lease is { } lease && lease.Until <= now)
        {
            yield return SafeText.Line($"  Its process ({lease.Holder}) has died. The next 'sre-agent chat' or 'sre-agent mcp' goes on with it, or shows it as interrupted.");
        }

        foreach (var approval in request.Approvals)
        {
            yield return SafeText.Line($"  approved by {approval.Approver} via {approval.Via.ToString().ToLowerInvariant()} at {approval.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
                + (approval.SelfApproved ? ", who had also asked for it" : "") + (approval.Override ? ", overriding a denial" : "")
                + (approval.InAdvanceWith is { } with ? $", together with {with}" : "");
        }

        foreach (var step in steps)
        {
            var mark = step.FinishedAt is null ? ink.On("…", Look.Yellow) : ink.On("✓", Look.Green);
            yield return $"  {mark} " + SafeText.Line($"{step.BegunAt.UtcDateTime:HH:mm:ss} {step.Name}{(step.Result is { Length: > 0 } result ? $": {Shortened(result)}" : "")}");
        }

        if (!string.IsNullOrWhiteSpace(request.Outcome))
        {
            yield return "  " + SafeText.Line(request.Outcome);
        }
    }

    private static string Shortened(string text) => text.Length <= 160 ? text : text[..160] + "…";

    /// <exception cref="UsageException">There is none; the message says which are open.</exception>
    public static async Task<ChangeRequest> FindAsync(IApprovalDesk desk, string id, CancellationToken cancellationToken)
    {
        if (await desk.ShowAsync(new ChangeRequestId(id), cancellationToken) is { } request)
        {
            return request;
        }

        var recent = await desk.ListAsync(new ChangeRequestQuery([]), cancellationToken);
        throw new UsageException($"There is no change request '{SafeText.Line(id, 60)}'.{Closest.Hint(id, recent.Select(change => change.Id.Value))}");
    }
}
