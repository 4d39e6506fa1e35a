using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;

namespace SreAgent.Host.Commands.Audit;

/// <summary><c>audit list | verify | export</c>.</summary>
internal sealed class AuditCommand : IHostCommand
{
    public Command Build(CommandHost host) =>
        new Command("audit", "Everything that was done, asked, approved and refused") { List(host), VerifyAudit.Build(host), Export(host) };

    private static Command List(CommandHost host)
    {
        var json = CommonOptions.Json();
        var limit = new Option<int>("--limit", "-n") { Description = "How many, newest first", DefaultValueFactory = static _ => 30 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit takes 1 to 10000.");
            }
        });
        var command = new Command("list", "The newest entries") { limit, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var entries = await services.GetRequiredService<IAuditTrail>().LatestAsync(parse.GetValue(limit), cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, entries.Select(AuditLine.Of));
                return ExitStatus.Fine;
            }

            TextTable.Write(host.Console, ["no.", "when (UTC)", "what", "who", "tool", "subject", "detail"],
                [.. entries.Select(entry => new[]
                {
                    entry.Sequence.ToString(), entry.Record.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss"), entry.Record.Kind.ToString(),
                    entry.Record.Actor, entry.Record.Tool, entry.Record.Subject, entry.Record.Detail,
                })]);
            return ExitStatus.Fine;
        });
        return command;
    }

    private static Command Export(CommandHost host)
    {
        var from = new Option<long>("--from") { Description = "First entry, by number", DefaultValueFactory = static _ => 1L };
        var command = new Command("export", "All entries as JSON lines on standard output, oldest first") { from };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            await foreach (var entry in services.GetRequiredService<IAuditTrail>().ReadAsync(parse.GetValue(from), cancellationToken))
            {
                await host.Console.Out.WriteLineAsync(JsonOutput.Line(AuditLine.Of(entry)));
            }

            return ExitStatus.Fine;
        });
        return command;
    }
}
