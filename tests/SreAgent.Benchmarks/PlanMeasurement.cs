using System.Diagnostics;
using System.Globalization;
using SreAgent.Lab;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Benchmarks;

/// <summary>
/// Whether a plan asks at once what it can ask at once: its time against the sum of its calls, each as long as it was on the wire. The sum is
/// what asking one after another would take; the longest chain is what waits for what, and no plan of the same questions is faster.
/// </summary>
internal sealed class PlanMeasurement : IMeasurement
{
    private const int Runs = 6;
    private const double Most = 1.2;

    // Fly lets a client ask the same thing three times at once and then once a second; whoever plans after a while meets a full burst.
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(3.2);

    private static readonly TimeSpan[] Latencies = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50)];

    private static readonly (string Tool, string Arguments)[] Changes =
    [
        ("fly_deploy", """{"service":"checkout","image":"v43"}"""),
        ("fly_rollback", """{"service":"checkout"}"""),
    ];

    public string Name => "plan: time of a plan in the practice world over the sum of its calls";

    public string? Goal => "at most 1.2";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var options = new PracticeOptions { Scenario = ScenarioCatalogue.Find("healthy") ?? ScenarioCatalogue.Default };
        await using var world = await PracticeWorld.StartAsync(options, new Progress<string>(), cancellationToken);
        if (world.WithoutPrometheusBecause is { } why)
        {
            return new Finding.NotMeasured($"without Prometheus a plan asks less: {why}");
        }

        await world.FirstSamplesAsync(cancellationToken);
        var lines = new List<string>();
        var met = true;
        foreach (var latency in Latencies)
        {
            await using var host = new PracticeHost(world, latency);
            foreach (var (tool, arguments) in Changes)
            {
                var (line, ratio) = await MeasureAsync(host, $"{tool}, plan alone", () => host.PlanAsync(tool, arguments, cancellationToken), cancellationToken);
                lines.Add(line);
                met &= ratio <= Most;
            }

            var (request, _) = await MeasureAsync(
                host, $"{Changes[0].Tool}, from the call to the question", () => host.AskAsync(Changes[0].Tool, Changes[0].Arguments, cancellationToken), cancellationToken);
            lines.Add(request);
        }

        return new Finding.Measured(lines, met);
    }

    private static async Task<(string Line, double Ratio)> MeasureAsync(PracticeHost host, string what, Func<Task> act, CancellationToken cancellationToken)
    {
        var (wall, sum, chain) = (new Series(), new Series(), new Series());
        var (shape, path) = ("", "");
        for (var run = -1; run < Runs; run++)
        {
            await Task.Delay(Refill, cancellationToken);
            host.Calls.Clear();
            var begun = Stopwatch.GetTimestamp();
            await act();
            var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            // The first run compiles and connects.
            if (run < 0)
            {
                continue;
            }

            var times = host.Calls.Times();
            var longest = times.LongestChain();
            wall.Add(took);
            sum.Add(times.Sum);
            chain.Add(longest.Sum(call => call.Milliseconds));
            path = string.Join(" > ", longest.Select(call => call.What.Split('?')[0].Split(' ')[^1]));
            shape = string.Create(CultureInfo.InvariantCulture, $"{times.Count} calls ({times.Repeated} repeated), {longest.Count} deep");
        }

        var ratio = wall.Median / sum.Median;
        return (string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {(host.Calls.Latency > TimeSpan.Zero ? $"{host.Calls.Latency.TotalMilliseconds:0} ms added to each call" : "the simulators' own speed")}: {shape}; {wall.Median:0} ms, sum of calls {sum.Median:0} ms, longest chain {chain.Median:0} ms; ratio to the sum {ratio:0.00}, to the chain {wall.Median / chain.Median:0.00}\n    the chain: {path}"), ratio);
    }
}
