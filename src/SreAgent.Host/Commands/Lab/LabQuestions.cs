using System.CommandLine;
using System.Text.RegularExpressions;
using SreAgent.Host.Composition;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Lab.Control;

namespace SreAgent.Host.Commands.Lab;

/// <summary><c>lab status</c> and <c>lab journal</c>: asked of the practice world that runs, in whatever process.</summary>
internal static partial class LabQuestions
{
    public static Command Status(CommandHost host) =>
        Question(host, "status", "How the running practice world stands", static (lab, cancellationToken) => lab.StatusAsync(cancellationToken), static (console, status) =>
        {
            console.Out.WriteLine($"Scenario {status.Scenario}, since {status.Since:yyyy-MM-dd HH:mm:ss} UTC: {SafeText.Line(status.Story)}");
            TextTable.Write(console, ["service", "image", "healthy", "bad requests"],
                [.. status.Services.Select(service => new[] { service.Name, service.Image, service.Healthy ? "yes" : "no", $"{service.BadShare:P1}" })]);
            console.Out.WriteLine();
            TextTable.Write(console, ["endpoint", "address"], [.. status.Endpoints.Select(endpoint => new[] { endpoint.Key, endpoint.Value.ToString() })]);
            console.Out.WriteLine();
            foreach (var moment in status.Happened)
            {
                console.Out.WriteLine($"{moment.At:HH:mm:ss} UTC: {SafeText.Line(moment.What)}");
            }

            if (status.Next is { } next)
            {
                console.Out.WriteLine($"Next, at {next.At:HH:mm:ss} UTC: {SafeText.Line(next.What)}.");
            }
        });

    public static Command Journal(CommandHost host) =>
        Question(host, "journal", "Every request that changed a simulated system, oldest first", static (lab, cancellationToken) => lab.JournalAsync(cancellationToken), static (console, entries) =>
        {
            if (entries.Count == 0)
            {
                console.Out.WriteLine("Nothing was changed.");
                return;
            }

            TextTable.Write(console, ["at", "system", "request", "change", "what"],
                [.. entries.Select(entry => new[] { $"{entry.At:HH:mm:ss}", entry.System, $"{entry.Method} {entry.Path}", entry.ChangeId ?? "–", Brief(entry.Summary) })]);
        });

    /// <summary>The digest is in <c>--json</c>; on a screen it hides what happened.</summary>
    private static string Brief(string summary) => Digest().Replace(summary, "");

    [GeneratedRegex("@sha256:[0-9a-f]{64}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Digest();

    private static Command Question<T>(
        CommandHost host, string name, string description, Func<LabControlClient, CancellationToken, Task<T>> ask, Action<IConsoleIo, T> show)
        where T : class
    {
        var json = CommonOptions.Json();
        var command = new Command(name, description) { json };
        host.SetActionBeforeComposing(command, async (parse, _, cancellationToken) =>
        {
            if (LabNote.OfRunning() is not { } note)
            {
                await host.Console.Error.WriteLineAsync("No practice world is running. 'sre-agent lab' starts one.");
                return ExitStatus.Unreachable;
            }

            using var lab = new LabControlClient(note.Control);
            var answer = await ask(lab, cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, answer);
            }
            else
            {
                show(host.Console, answer);
            }

            return ExitStatus.Fine;
        });
        return command;
    }
}
