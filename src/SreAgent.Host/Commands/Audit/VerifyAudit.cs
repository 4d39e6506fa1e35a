using System.CommandLine;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;

namespace SreAgent.Host.Commands.Audit;

/// <summary>Checks the chain of the store, or of an exported file; names the first broken link (G11).</summary>
internal static class VerifyAudit
{
    public static Command Build(CommandHost host)
    {
        var file = new Argument<string?>("FILE") { Description = "An export; without one, the store itself is checked", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Whether the record is whole: exit 1 and the first broken entry when it is not") { file, json };
        host.SetActionBeforeComposing(command, async (parse, compose, cancellationToken) =>
        {
            if (parse.GetValue(file) is { } path)
            {
                return Report(host, await OfFileAsync(path, cancellationToken), parse.GetValue(json));
            }

            var services = compose();
            try
            {
                var entries = services.GetRequiredService<IAuditTrail>().ReadAsync(fromSequence: 1, cancellationToken);
                return Report(host, await AuditChain.VerifyAsync(entries, cancellationToken), parse.GetValue(json));
            }
            finally
            {
                await CommandHost.DisposeAsync(services);
            }
        });
        return command;
    }

    private static int Report(CommandHost host, AuditVerification verification, bool json)
    {
        if (json)
        {
            JsonOutput.Write(host.Console, new { verification.Entries, verification.Ok, verification.BrokenAt });
        }
        else
        {
            host.Console.Out.WriteLine(verification.Ok
                ? $"Whole: {verification.Entries:N0} entries, each linked to the one before."
                : $"Broken at entry {verification.BrokenAt}: it was changed, moved, or one before it was removed. {verification.Entries - 1:N0} entries before it hold.");
        }

        return verification.Ok ? ExitStatus.Fine : ExitStatus.No;
    }

    private static async Task<AuditVerification> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file '{path}'.");
        }

        return await AuditChain.VerifyAsync(ReadAsync(path, cancellationToken), cancellationToken);
    }

    /// <summary>A line that is no entry counts as an entry that does not hold.</summary>
    private static async IAsyncEnumerable<AuditEntry> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (line.Length > 0)
            {
                number++;
                yield return AuditLine.Parse(line)
                    ?? new AuditEntry(number, new AuditRecord(default, AuditKind.Intent, "", "", "", "", "", ""), PreviousHash: "", Hash: "");
            }
        }
    }
}
