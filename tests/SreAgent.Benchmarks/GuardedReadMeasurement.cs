using System.Diagnostics;
using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>
/// What the guardrail adds to a Read: a query through the server (toolset, validation, policy, audit, redaction, rendering, and the way over
/// stdio and back) against the same query asked of the same server directly.
/// </summary>
internal sealed class GuardedReadMeasurement : IMeasurement
{
    private const int WarmUp = 500;
    private const int Calls = 2_000;
    private const double MostMilliseconds = 1;

    public string Name => "guarded read: added time per call over the bare HTTP call, stdio included";

    public string? Goal => "under 1 ms at the median";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var prometheus = StubPrometheus.Start();
        await using var server = StdioServer.Start(Programs.Agent(prometheus.Url));
        using var http = new HttpClient();
        await server.ListToolsAsync(cancellationToken);
        var (bare, guarded) = (new Series(), new Series());
        for (var call = -WarmUp; call < Calls; call++)
        {
            var bareTime = await TimeAsync(() => http.GetStringAsync($"{prometheus.Url}/api/v1/query?query=up", cancellationToken));
            var guardedTime = await TimeAsync(async () => Require(await server.RequestAsync(
                "tools/call", """{"name":"prometheus_query","arguments":{"query":"up"}}""", cancellationToken)));
            if (call >= 0)
            {
                bare.Add(bareTime);
                guarded.Add(guardedTime);
            }
        }

        var added = guarded.Median - bare.Median;
        return new Finding.Measured(
            [
                $"bare: {bare.Show("ms")}",
                $"guarded: {guarded.Show("ms")}",
                string.Create(CultureInfo.InvariantCulture, $"added {added:0.000} ms, ratio {guarded.Median / bare.Median:0.0}"),
            ],
            added < MostMilliseconds);
    }

    private static void Require(System.Text.Json.Nodes.JsonNode result)
    {
        if (result["isError"]?.GetValue<bool>() == true)
        {
            throw new PrerequisiteMissingException($"the guarded call was answered with an error: {result["content"]?.ToJsonString()}");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
