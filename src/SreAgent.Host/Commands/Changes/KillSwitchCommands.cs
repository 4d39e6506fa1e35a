using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Editing;

namespace SreAgent.Host.Commands.Changes;

/// <summary>The kill switch (G13): halting takes one command, letting changes run again takes a typed word besides.</summary>
internal static class KillSwitchCommands
{
    private const string Word = "unhalt";

    public static Command Halt(CommandHost host)
    {
        var reason = new Option<string>("--reason", "-r") { Description = "Why; goes into the record", Required = true };
        var command = new Command("halt", "Stop everything but reads, at once, on every replica (interactive terminal only)") { reason };
        host.SetActionBeforeComposing(command, (parse, compose, cancellationToken) =>
            TurnAsync(host, compose, stopped: true, parse.GetRequiredValue(reason), cancellationToken));
        return command;
    }

    public static Command Unhalt(CommandHost host)
    {
        var reason = new Option<string>("--reason", "-r") { Description = "Why; goes into the record", DefaultValueFactory = static _ => "" };
        var command = new Command("unhalt", "Let changes run again, each with its approval (interactive terminal only)") { reason };
        host.SetActionBeforeComposing(command, (parse, compose, cancellationToken) =>
            TurnAsync(host, compose, stopped: false, parse.GetRequiredValue(reason), cancellationToken));
        return command;
    }

    private static async Task<int> TurnAsync(CommandHost host, Func<IServiceProvider> compose, bool stopped, string reason, CancellationToken cancellationToken)
    {
        if (host.Console.Terminal is not { } terminal)
        {
            await host.Console.Error.WriteLineAsync(Interactive.Refusal($"sre-agent changes {(stopped ? "halt --reason \"…\"" : Word)}"));
            return ExitStatus.No;
        }

        if (!stopped && !await ConfirmedAsync(terminal, new Ink(host.Console.Colour), cancellationToken))
        {
            await host.Console.Out.WriteLineAsync("Still halted.");
            return ExitStatus.Waiting;
        }

        var services = compose();
        try
        {
            return await TurnAsync(host.Console, services, stopped, reason, cancellationToken);
        }
        finally
        {
            await CommandHost.DisposeAsync(services);
        }
    }

    private static async Task<int> TurnAsync(IConsoleIo console, IServiceProvider services, bool stopped, string reason, CancellationToken cancellationToken)
    {
        var actor = OperatingSystemActor.Current(Surface.Terminal);
        reason = (services.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues).Redact(reason);
        var now = (services.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        var record = new AuditRecord(
            now, AuditKind.KillSwitch, actor.Id, Persona: "", Environment: "", Tool: "", Subject: "kill-switch", JsonSerializer.Serialize(new { stopped, reason }));
        var trail = services.GetRequiredService<IAuditTrail>();
        var killSwitch = services.GetRequiredService<IKillSwitch>();

        // Letting changes run is recorded first, and not done when it cannot be. Stopping them must not wait for a record.
        if (!stopped)
        {
            await trail.AppendAsync(record, durable: true, cancellationToken);
        }

        await killSwitch.TurnAsync(stopped, actor.Id, reason, now, cancellationToken);
        await console.Out.WriteLineAsync(stopped
            ? "Halted: only reads run now, everywhere. 'sre-agent changes unhalt' lets changes run again."
            : "Changes may run again, each with its approval.");
        if (stopped)
        {
            await trail.AppendAsync(record, durable: true, cancellationToken);
        }

        return ExitStatus.Fine;
    }

    private static async Task<bool> ConfirmedAsync(ITerminal terminal, Ink ink, CancellationToken cancellationToken)
    {
        terminal.Write($"Changes will run again, on every replica. Type {ink.Bold(Word)} and press Enter to go on.\n");
        using var keys = terminal.TakeKeys();
        var reader = new LineReader(terminal, ink, static _ => Completion.None);
        reader.DiscardTypeAhead();
        return await reader.ReadAsync("> ", [], CancellationToken.None, cancellationToken) is LineRead.Submitted submitted && submitted.Text.Trim() == Word;
    }
}
