using System.Diagnostics;
using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>What an IDE waits for: from starting the process to its answer to tools/list. Interleaved, so that both meet the same machine.</summary>
internal sealed class StartupMeasurement : IMeasurement
{
    private const int Runs = 15;
    private const double Goal = 0.75;

    string IMeasurement.Name => "startup: spawn to tools/list answered, ReadyToRun build over server-everything";

    string IMeasurement.Goal => "at most 0.75";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var (agent, everything) = (Programs.Agent(), Programs.Everything());
        var (ours, theirs) = (new Series(), new Series());
        var (ourTools, theirTools) = (0, 0);
        for (var run = -1; run < Runs; run++)
        {
            var (our, ourCount) = await OnceAsync(agent, cancellationToken);
            var (their, theirCount) = await OnceAsync(everything, cancellationToken);
            (ourTools, theirTools) = (ourCount, theirCount);
            // The first round fills the page cache for both.
            if (run >= 0)
            {
                ours.Add(our);
                theirs.Add(their);
            }
        }

        var ratio = ours.Median / theirs.Median;
        return new Finding.Measured(
            [
                $"{agent.Name}, {ourTools} tools: {ours.Show("ms")}",
                $"{everything.Name}, {theirTools} tools: {theirs.Show("ms")}",
                string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00}"),
            ],
            ratio <= Goal);
    }

    private static async Task<(double Milliseconds, int Tools)> OnceAsync(ServerCommand command, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var server = StdioServer.Start(command);
        var listed = await server.ListToolsAsync(cancellationToken);
        return (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, listed["tools"]!.AsArray().Count);
    }
}
