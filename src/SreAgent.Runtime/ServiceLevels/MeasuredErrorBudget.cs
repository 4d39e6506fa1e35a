using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SreAgent.Core.Policy;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Runtime.ServiceLevels;

/// <summary>
/// What policy is told of a service's budget: the worst of its SLOs, never failing. Remembered for ten seconds and measured once however many
/// ask at the same time, since a single request asks several times.
/// </summary>
internal sealed partial class MeasuredErrorBudget(IServiceLevels levels, TimeProvider clock, ILogger<MeasuredErrorBudget> logger) : IErrorBudgetSource
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Policy waits for this before every decision; a source that does not answer must not hold up the answer that it is unknown.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.OrdinalIgnoreCase);

    public async Task<ErrorBudgetState> StateOfAsync(string service, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var flight = _flights.AddOrUpdate(service, Begin, (name, known) => known.IsFreshAt(now) ? known : Begin(name));
        return await flight.State.Value.WaitAsync(cancellationToken);

        Flight Begin(string name) => new(now, new Lazy<Task<ErrorBudgetState>>(() => MeasureAsync(name, now)));
    }

    private async Task<ErrorBudgetState> MeasureAsync(string service, DateTimeOffset at)
    {
        try
        {
            // Whoever asked first may give up; the others still wait.
            using var deadline = new CancellationTokenSource(Deadline);
            var readings = await Task.WhenAll(levels.Of(service).Select(slo => levels.BudgetAsync(slo, at, deadline.Token)));
            return ErrorBudget.Worst(readings.Select(reading => reading.State));
        }
        catch (Exception exception)
        {
            Log.Unmeasured(logger, exception, service);
            return ErrorBudgetState.Unknown;
        }
    }

    private sealed record Flight(DateTimeOffset Begun, Lazy<Task<ErrorBudgetState>> State)
    {
        public bool IsFreshAt(DateTimeOffset now) => now >= Begun && now - Begun < Fresh;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The error budget of {Service} could not be measured; policy is told it is unknown.")]
        public static partial void Unmeasured(ILogger logger, Exception exception, string service);
    }
}
