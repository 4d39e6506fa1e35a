using System.Runtime.InteropServices;

namespace SreAgent.Lab.Fleet;

/// <summary>How an image behaves once it runs: what differs between a good and a bad release.</summary>
internal sealed record Behaviour
{
    /// <summary>Share of the main route's requests that fail by its own fault, 0 to 1.</summary>
    public double FailureShare { get; init; } = 0.001;

    /// <summary>What it logs when it fails.</summary>
    public string Failure { get; init; } = "TimeoutException: connection pool: no connection within 5000 ms";

    /// <summary>How long its own work takes, calls to others not counted.</summary>
    public Latency Latency { get; init; } = new(Median: 15, Tail: 60);

    /// <summary>Requests worked on at once; the rest queue. <c>WORKER_POOL_SIZE</c> of a machine's environment overrides it.</summary>
    public int Workers { get; init; } = 32;

    /// <summary>Warnings it logs for every request that mean nothing.</summary>
    public int Chatter { get; init; }

    /// <summary>Its last words when it does not start. Absent when it does.</summary>
    public string? FailsToStart { get; init; }
}

/// <summary>A log-normal distribution, which is how service times look.</summary>
/// <param name="Median">Milliseconds; half are below.</param>
/// <param name="Tail">Milliseconds; 99 in 100 are below.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Latency(double Median, double Tail)
{
    private const double Z99 = 2.326;

    public TimeSpan Draw(Random random)
    {
        // Box and Muller's normal variate; 1 - x keeps the logarithm away from 0.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromMilliseconds(Median * Math.Exp(Math.Log(Tail / Median) / Z99 * normal));
    }
}
