using System.Globalization;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// Asks for the error ratio over a window and for the releases, finds where it rose, looks closer there, and names the release that finished
/// closest before. That is a coincidence in time, and is said to be one.
/// </summary>
internal sealed record CauseRequest(string Service, bool Slow, SpokenWindow Window) : Request
{
    // Fewer than a sparkline is wide, so that each of its marks is one point.
    private const int Points = 36;

    private static readonly string[] LatencyWords = ["latency", "slow", "fast", "duration", "speed"];

    private static readonly TimeSpan Sharp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Blunt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Compared = TimeSpan.FromMinutes(15);

    // What is shown as a release's end and what users feel first are a scrape or two apart.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    public override Reply Next(Exchange exchange)
    {
        if ((exchange.Missing("prometheus_query_range") ?? exchange.Missing("prometheus_query")) is { } missing)
        {
            return missing;
        }

        var slos = exchange.Services.Find(Service)?.Slos ?? [];
        if (Chosen(slos) is not { } slo)
        {
            return new Reply.Say(
                $"I cannot tell: no objective of {Service} is stated, so I do not know what counts as a bad event. State one under `Services:{exchange.NameOf(Service)}:Slos` "
                + $"(Objective, Good, Total, Window), or ask for `error rate of {Service}` and `releases of {Service}`.");
        }

        if (exchange.Rounds.Count == 0)
        {
            return new Reply.Call([.. Curves(slo), .. exchange.Tools.Contains("fly_list_releases") ? [Releases(exchange)] : Array.Empty<PlannedCall>()]);
        }

        var curve = exchange.Rounds[0].Take(2).FirstOrDefault(step => step.Result.IsFound && Curve.Read(step.Result) is { IsTelling: true });
        if (curve is null)
        {
            return new Reply.Say($"I cannot tell: the figures of {slo.Name} are not there.\n\n{string.Join("\n\n", exchange.Rounds[0].Take(2).Select(Wording.Trouble).Distinct(StringComparer.Ordinal))}");
        }

        var coarse = Curve.Read(curve.Result)!; // Read above.
        if (coarse.Onset is not { } onset)
        {
            return new Reply.Say(NoWorsening(exchange, slo, curve.Result) + Gaps(exchange, slos, slo));
        }

        return exchange.Rounds.Count == 1 ? new Reply.Call(Closer(slo, coarse, onset)) : new Reply.Say(Word(exchange, slo, coarse, onset) + Gaps(exchange, slos, slo));
    }

    /// <summary>The objective that fits what was asked: one of latency for slow, one that is not for failing.</summary>
    private Slo? Chosen(IReadOnlyList<Slo> slos) => slos.FirstOrDefault(slo => IsLatency(slo) == Slow) ?? (slos.Count > 0 ? slos[0] : null);

    private static bool IsLatency(Slo slo) => LatencyWords.Any(word => slo.Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<PlannedCall> Curves(Slo slo)
    {
        var step = TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(Window.Length.TotalSeconds / Points))));
        return new[] { Sharp, Blunt }.Select(over => PlannedCall.Of("prometheus_query_range", ("query", SloQueries.ErrorRatio(slo, over)), ("from", Window.From), ("step", step)));
    }

    private PlannedCall Releases(Exchange exchange) => PlannedCall.Of("fly_list_releases", ("app", FleetWording.AppOf(exchange, Service)));

    /// <summary>The rise at a finer step, and the figures of the time before and since.</summary>
    private static PlannedCall[] Closer(Slo slo, Curve curve, CurveOnset onset)
    {
        var (before, since) = Lengths(curve, onset.At);
        var step = TimeSpan.FromSeconds(Math.Max(1, Math.Floor(curve.Step.TotalSeconds / 10)));
        return
        [
            PlannedCall.Of("prometheus_query_range", ("query", curve.Query), ("from", Text(onset.At - (2 * curve.Step))), ("to", Text(onset.At + curve.Step)), ("step", TimeExpression.Format(step))),
            PlannedCall.Of("prometheus_query", ("query", SloQueries.ErrorRatio(slo, before)), ("time", Text(onset.At))),
            PlannedCall.Of("prometheus_query", ("query", SloQueries.Total(slo, before)), ("time", Text(onset.At))),
            PlannedCall.Of("prometheus_query", ("query", SloQueries.ErrorRatio(slo, since)), ("time", Text(curve.To))),
            PlannedCall.Of("prometheus_query", ("query", SloQueries.Total(slo, since)), ("time", Text(curve.To))),
        ];
    }

    private static (TimeSpan Before, TimeSpan Since) Lengths(Curve curve, DateTimeOffset onset)
    {
        var before = onset - curve.From;
        return (before > Compared ? Compared : before < curve.Step ? curve.Step : before, curve.To - onset > curve.Step ? curve.To - onset : curve.Step);
    }

    private string Word(Exchange exchange, Slo slo, Curve curve, CurveOnset coarse)
    {
        var closer = exchange.Rounds[1];
        var onset = (Curve.Read(closer[0].Result) is { IsTelling: true } fine ? fine.Onset : null) ?? coarse;
        var (before, since) = Lengths(curve, coarse.At);
        double[] values = [.. closer.Skip(1).Select(step => ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "result")).Select(one => ToolAnswer.Number(one, "value")).FirstOrDefault(double.NaN))];
        var service = exchange.NameOf(Service);
        var release = Suspect(exchange, onset.At);
        var verb = IsLatency(slo) ? "got slower" : "began to fail";
        var said = $"**{service}** {verb} at {Moment(onset.At)}: {Wording.Percent(values[0])} of {Wording.Number(values[1])} events were bad in the {TimeExpression.Format(Whole(before))} before, "
            + $"{Wording.Percent(values[2])} of {Wording.Number(values[3])} in the {TimeExpression.Format(Whole(since))} since (objective {slo.Name}, {Wording.Percent(slo.AllowedErrorRatio)} may be).";
        var cause = release is null
            ? ""
            : $"\n\nThe release that finished closest before is {FleetWording.Release(release)}, at {Moment(release.At)}, {TimeExpression.Format(Whole((onset.At - release.At).Duration()))} {(release.At <= onset.At ? "before" : "after the first sign")}. "
                + $"That is a coincidence in time, not a proof.\n\nSay `roll back {service}` to propose going back; a human decides.";
        var found = exchange.Rounds[0].FirstOrDefault(step => step.Call.Name == "fly_list_releases");
        var none = release is null && found is { Result.IsFound: true } ? $"\n\nNo release finished in the {TimeExpression.Format(Window.Length)} before it, so a deploy is not the likely cause." : "";
        return said + cause + none + Wording.Evidence(exchange.Rounds[0].First(step => step.Argument("query") == curve.Query).Result)
            + (found is { Result.IsFound: true } ? Wording.Evidence(found.Result) : "");
    }

    /// <summary>The newest that had finished when it began, if it did so within the window asked about.</summary>
    private Listed? Suspect(Exchange exchange, DateTimeOffset onset) =>
        exchange.Rounds[0].Where(step => step.Call.Name == "fly_list_releases" && step.Result.IsFound).SelectMany(step => Listed.In(step.Result, ListNames.Releases))
            .LastOrDefault(release => release.At <= onset + Slack && release.At >= onset - Window.Length);

    private string NoWorsening(Exchange exchange, Slo slo, ToolAnswer curve)
    {
        var series = ToolAnswer.Items(ToolAnswer.Child(curve.Data, "result")).FirstOrDefault();
        var median = ToolAnswer.Number(series, "median");
        var bad = median > slo.AllowedErrorRatio
            ? $" It was bad throughout, with a median of {Wording.Percent(median)}, so it began earlier: ask `why is {Service} {(Slow ? "slow" : "failing")} over the last 6h`."
            : "";
        return $"I find no worsening of **{exchange.NameOf(Service)}** over {Window.Words} (objective {slo.Name}).{bad}{Wording.Series(curve, Wording.Percent)}{Wording.Evidence(curve)}";
    }

    private static string Gaps(Exchange exchange, IReadOnlyList<Slo> slos, Slo slo)
    {
        string[] gaps =
        [
            .. exchange.Tools.Contains("fly_list_releases") ? Array.Empty<string>() : ["releases: I do not hold `fly_list_releases`"],
            .. exchange.Rounds.SelectMany(round => round).Where(step => step.Result.Status is "failed" or "denied").Select(Wording.Trouble),
            .. slos.Where(other => other != slo).Select(other => $"objective {other.Name}"),
            "what it depends on, its logs, its configuration and secrets",
        ];
        return $"\n\nNot looked at:{Wording.List(gaps, gaps.Length, 10)}";
    }

    private static TimeSpan Whole(TimeSpan length) => TimeSpan.FromSeconds(Math.Round(length.TotalSeconds));

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset moment) => Wording.Moment(moment.ToString("O", CultureInfo.InvariantCulture));
}
