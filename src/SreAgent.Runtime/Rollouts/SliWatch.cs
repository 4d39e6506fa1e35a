using System.Globalization;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Watches users for as long as settings say, against the figures from before; ends early when they are clearly worse off.</summary>
internal sealed class SliWatch(IServiceLevels levels, ServiceFacts facts, TimeProvider clock)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<VerificationCheck>> WatchAsync(
        Service service, BeforeFigures before, bool isRollback, IChangeSteps steps, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var soak = facts.SoakOf(service);
        var since = await BeginAsync(steps, cancellationToken);
        var slos = levels.Of(service.Name);
        var pause = TimeSpan.FromTicks(Math.Clamp((soak / 10).Ticks, ShortestPause.Ticks, LongestPause.Ticks));
        while (true)
        {
            var left = since + soak - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left < pause ? left : pause, clock, cancellationToken);
            }

            var now = clock.GetUtcNow();
            var last = now >= since + soak;
            var judged = await Task.WhenAll(slos.Select(slo => JudgeAsync(slo, before, since, now, isRollback, !last, cancellationToken)));
            var clear = judged.Any(one => one.Judgement.IsClear);
            if (last || clear)
            {
                var cut = last ? "" : $" Watching ended after {Spoken(now - since)} of {Spoken(soak)}.";
                return [.. judged.Select(one => new VerificationCheck(one.Slo.Name, one.Judgement.Verdict, one.Judgement.Detail + (one.Judgement.IsClear ? cut : "")))];
            }

            progress.Report(string.Create(CultureInfo.InvariantCulture, $"Watching for {Spoken(since + soak - now)} more.{string.Concat(judged.Select(one => $" {one.Slo.Name}: {one.Seen}."))}"));
        }
    }

    /// <summary>A process that takes over goes on with the watch the other began.</summary>
    private async Task<DateTimeOffset> BeginAsync(IChangeSteps steps, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var since = await steps.OnceAsync(RolloutSteps.Watch, now, _ => Task.FromResult(now), (before, _) => Task.FromResult(before), cancellationToken);
        return DateTimeOffset.ParseExact(since, "O", CultureInfo.InvariantCulture);
    }

    private async Task<(Slo Slo, SliJudgement Judgement, string Seen)> JudgeAsync(
        Slo slo, BeforeFigures before, DateTimeOffset since, DateTimeOffset now, bool isRollback, bool early, CancellationToken cancellationToken)
    {
        try
        {
            var after = await levels.MeasureAsync(slo, now - since, now, cancellationToken);
            var figures = before.Slos.FirstOrDefault(one => string.Equals(one.Name, slo.Name, StringComparison.Ordinal));
            SliSample? was = figures is { Good: { } good, Total: { } total } ? new SliSample(good, total) : null;
            var judgement = SliJudgement.Of(slo, was, after, isRollback, early);
            var why = was is null && figures?.Problem is { } problem ? $" (Before: {problem})" : "";
            return (slo, judgement with { Detail = judgement.Detail + why }, after is { } seen ? SliJudgement.Figures(seen) : "no event yet");
        }
        catch (ToolException exception)
        {
            return (slo, new SliJudgement(VerificationVerdict.Unverified, $"it could not be measured: {exception.Message}", IsClear: false), "could not be measured");
        }
    }

    private static string Spoken(TimeSpan length) => TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Round(length.TotalSeconds))));
}
