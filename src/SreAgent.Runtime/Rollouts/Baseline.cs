using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>The "before" of every comparison: taken once, before anything is touched, and kept for whoever goes on.</summary>
internal sealed class Baseline(IServiceLevels levels, TimeProvider clock)
{
    // Enough events to compare with, recent enough to be the same traffic.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Measures, or returns what an earlier process measured.</summary>
    public async Task<BeforeFigures> TakeAsync(Service service, IRolloutPlatform platform, SettledRollout settled, IChangeSteps steps, CancellationToken cancellationToken)
    {
        // Looking twice does no harm, as long as nothing has been touched; and nothing is before this step is finished.
        var text = await steps.OnceAsync(RolloutSteps.Measure, "", LookAsync, (_, token) => LookAsync(token), cancellationToken);
        return RolloutJson.Read(text, RolloutJson.Default.BeforeFigures);

        async Task<string> LookAsync(CancellationToken token) =>
            RolloutJson.Write(await MeasureAsync(service, platform, settled.Before, token), RolloutJson.Default.BeforeFigures);
    }

    private async Task<BeforeFigures> MeasureAsync(Service service, IRolloutPlatform platform, Fleet fleet, CancellationToken cancellationToken)
    {
        var to = clock.GetUtcNow();
        var range = new TimeRange(to - WindowOf(fleet, to), to);
        var logs = ErrorLines.CountAsync(platform, fleet.App, range, cancellationToken);
        var slos = Task.WhenAll(levels.Of(service.Name).Select(slo => FiguresAsync(slo, range, cancellationToken)));
        await Task.WhenAll(logs, slos);
        return new BeforeFigures(range.From, range.To, await slos, await logs);
    }

    private async Task<SloFigures> FiguresAsync(Slo slo, TimeRange range, CancellationToken cancellationToken)
    {
        try
        {
            var sample = await levels.MeasureAsync(slo, range.Length, range.To, cancellationToken);
            return new SloFigures(slo.Name, sample?.Good, sample?.Total, sample is null ? "no event was measured" : null);
        }
        catch (ToolException exception)
        {
            return new SloFigures(slo.Name, null, null, exception.Message);
        }
    }

    /// <summary>As long as the present release has run, so that what ran before it is not mixed in; within bounds.</summary>
    private static TimeSpan WindowOf(Fleet fleet, DateTimeOffset now)
    {
        var age = fleet.Newest is { } newest ? now - newest.CreatedAt : Longest;
        return age < Shortest ? Shortest : age > Longest ? Longest : age;
    }
}
