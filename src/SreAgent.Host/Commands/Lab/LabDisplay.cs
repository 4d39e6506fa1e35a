using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Lab;
using SreAgent.Lab.Control;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Host.Commands.Lab;

/// <summary>What whoever runs the practice world sees of it: what it is, what happens as it happens, and on a terminal a line that says how it stands.</summary>
internal sealed class LabDisplay(IConsoleIo console)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Ink _ink = new(console.Colour);
    private readonly StatusLine? _line = console.Terminal is { } terminal ? new StatusLine(terminal, new Ink(console.Colour)) : null;

    public void Introduce(PracticeWorld world)
    {
        Say($"{_ink.Bold("Practice world")}, scenario {_ink.Bold(world.Scenario.Name)}: {world.Scenario.Story}");
        foreach (var endpoint in world.Endpoints)
        {
            Say($"  {_ink.Dim(CellWidth.Pad(endpoint.Name, 14))}{endpoint.Address}");
        }

        Say("");
        Say(world.Run.Next is { } next ? $"Next, at {next.At:HH:mm:ss} UTC: {next.What}." : "Nothing more is planned.");
        Say("");
        Say($"In another terminal, begin with {_ink.Bold("sre-agent --lab")} and say:");
        foreach (var line in LabInvitation.Lines)
        {
            Say("  " + line);
        }

        Say($"{_ink.Bold("sre-agent lab status")} says how it stands, {_ink.Bold("sre-agent lab journal")} who changed what. Ctrl+C here ends it and leaves nothing behind.");
        Say("");
    }

    /// <summary>Returns only by cancellation.</summary>
    public async Task FollowAsync(PracticeWorld world, CancellationToken cancellationToken)
    {
        var told = 0;
        try
        {
            while (true)
            {
                foreach (var moment in world.Run.Happened.Skip(told))
                {
                    _line?.Clear();
                    Say($"{moment.At:HH:mm:ss} UTC: {SafeText.Line(moment.What)}");
                    told++;
                }

                _line?.Show(Summary(await world.StatusAsync(cancellationToken), world.Run, TimeProvider.System.GetUtcNow()));
                await Task.Delay(Pause, cancellationToken);
            }
        }
        finally
        {
            _line?.Clear();
        }
    }

    /// <summary>Short enough for a line: how long, who is unwell, what comes.</summary>
    internal static string Summary(LabStatus status, ScenarioRun run, DateTimeOffset now)
    {
        var unwell = status.Services.Where(service => !service.Healthy).Select(service => $"{service.Image} {service.BadShare:P0} bad").ToArray();
        var next = run.Next is { } coming ? $" · in {Math.Max(0, (coming.At - now).TotalSeconds):F0} s: {coming.What}" : "";
        return $"{now - run.Since:m\\:ss} · {(unwell.Length > 0 ? string.Join(", ", unwell) : "all services well")}{next}";
    }

    private void Say(string text) => console.Out.WriteLine(text);
}
