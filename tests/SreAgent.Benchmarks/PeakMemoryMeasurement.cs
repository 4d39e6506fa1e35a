using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>The most memory resident up to the answer to tools/list.</summary>
internal sealed class PeakMemoryMeasurement : IMeasurement
{
    private const int Runs = 5;

    public string Name => "memory: peak resident until tools/list answered, over server-everything";

    public string? Goal => null;

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var (agent, everything) = (Programs.Agent(), Programs.Everything());
        var (ours, theirs) = (new Series(), new Series());
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(await OnceAsync(agent, cancellationToken));
            theirs.Add(await OnceAsync(everything, cancellationToken));
        }

        var ratio = ours.Median / theirs.Median;
        return new Finding.Measured(
            [
                $"{agent.Name}: {ours.Show("MiB")}",
                $"{everything.Name}: {theirs.Show("MiB")}",
                string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00}"),
            ],
            GoalMet: true);
    }

    private static async Task<double> OnceAsync(ServerCommand command, CancellationToken cancellationToken)
    {
        await using var server = StdioServer.Start(command);
        await server.ListToolsAsync(cancellationToken);
        return server.PeakMemory();
    }
}
