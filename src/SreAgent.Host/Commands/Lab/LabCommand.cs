using System.CommandLine;
using SreAgent.Host.Composition;
using SreAgent.Host.Text;
using SreAgent.Lab;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Host.Commands.Lab;

/// <summary><c>lab</c>: the practice world alone, until Ctrl+C; and <c>lab status | journal</c> of the one that runs.</summary>
internal sealed class LabCommand : IHostCommand
{
    public Command Build(CommandHost host)
    {
        var scenario = new Option<string>("--scenario", "-s")
        {
            Description = "What happens in it: a name from --list",
            HelpName = "NAME",
            DefaultValueFactory = static _ => ScenarioCatalogue.Default.Name,
        };
        var list = new Option<bool>("--list") { Description = "List the scenarios instead" };
        var json = CommonOptions.Json();
        var command = new Command("lab", "Run the practice world: real services, a real Prometheus, and something that goes wrong") { scenario, list, json };
        command.Add(LabQuestions.Status(host));
        command.Add(LabQuestions.Journal(host));
        host.SetActionBeforeComposing(command, async (parse, _, cancellationToken) =>
        {
            if (parse.GetValue(list))
            {
                List(host, parse.GetValue(json));
                return ExitStatus.Fine;
            }

            if (parse.GetValue(json))
            {
                throw new UsageException("--json goes with --list. 'sre-agent lab status --json' tells of a running practice world.");
            }

            return await RunAsync(host, Resolve(parse.GetRequiredValue(scenario)), cancellationToken);
        });
        return command;
    }

    private static void List(CommandHost host, bool json)
    {
        if (json)
        {
            JsonOutput.Write(host.Console, ScenarioCatalogue.All.Select(scenario => new { scenario.Name, scenario.Story }));
            return;
        }

        TextTable.Write(host.Console, ["scenario", "story"], [.. ScenarioCatalogue.All.Select(scenario => new[] { scenario.Name, scenario.Story })]);
    }

    private static Scenario Resolve(string name) =>
        ScenarioCatalogue.Find(name)
        ?? throw new UsageException($"There is no scenario '{SafeText.Line(name, 60)}'.{Closest.Hint(name, ScenarioCatalogue.All.Select(scenario => scenario.Name))}");

    private static async Task<int> RunAsync(CommandHost host, Scenario scenario, CancellationToken cancellationToken)
    {
        if (LabNote.OfRunning() is { } running)
        {
            throw new UsageException(
                $"A practice world runs already (scenario {running.Scenario}, process {running.ProcessId}). 'sre-agent lab status' tells of it; end it there to start another.");
        }

        LabSession? session = null;
        try
        {
            session = await LabSession.StartAsync(new PracticeOptions { Scenario = scenario }, waitsForSamples: false, new Lines(host.Console.Error), cancellationToken);
            var display = new LabDisplay(host.Console);
            display.Introduce(session.Own!); // Started here, so it is ours.
            await display.FollowAsync(session.Own!, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how it is meant to end.
        }
        finally
        {
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        await host.Console.Out.WriteLineAsync("The practice world is closed.");
        return ExitStatus.Fine;
    }

    private sealed class Lines(TextWriter writer) : IProgress<string>
    {
        public void Report(string value) => writer.WriteLine(value);
    }
}
