using System.Globalization;
using SreAgent.Core.Catalogue;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Words what was found out about a worsening, with the figures, the queries, and what was not looked at.</summary>
internal sealed class CauseWording(Exchange exchange, Service service, Slo slo, SpokenWindow window, bool latency)
{
    // More than this many times as many requests is worth a sentence.
    private const double MuchMore = 1.5;

    private static readonly TimeSpan LeastLookback = TimeSpan.FromMinutes(30);

    private string Verb => latency ? "got slower" : "began to fail";

    private string Bad => latency ? "were too slow" : "failed";

    public static string Instant(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Nothing rose, or there is too little to tell.</summary>
    public string NoRise(RiseSearch search)
    {
        var asked = exchange.Rounds[0].Where(step => step.Call.Name == "prometheus_query_range").ToArray();
        if (search.Telling is not { } curve)
        {
            return $"I cannot tell: there are no figures of {slo.Name} of **{service.Name}** over {window.Words}.\n\n"
                + string.Join("\n\n", asked.Where(step => !step.Result.IsFound).Select(Wording.Trouble).Distinct(StringComparer.Ordinal).Take(1))
                + $"\n\nAsk again in half a minute if metrics have only begun, or look at `what is down`.{Gaps([])}";
        }

        if (!curve.IsTelling)
        {
            return $"I cannot tell yet: the figures of {slo.Name} of **{service.Name}** begin at {Moment(curve.DataFrom)}, too short a time to compare. Ask again in half a minute.{Wording.Evidence(curve.Answer)}{Gaps([])}";
        }

        var bad = search.IsBad
            ? $" But it is bad throughout: {Wording.Percent(curve.Median)} of its requests {Bad} at the median, {Wording.Percent(slo.AllowedErrorRatio)} may. So it began before what I can see{(curve.DataBeginsInside ? $": figures begin at {Moment(curve.DataFrom)}" : "")}. "
                + $"Ask `why is {service.Name} {(latency ? "slow" : "failing")} over the last 2d`, or `releases of {service.Name}`."
            : $" It is within its objective: {Wording.Percent(search.Now)} {Bad} lately, {Wording.Percent(slo.AllowedErrorRatio)} may.";
        return $"Nothing got worse: I find no rise in the share of requests of **{service.Name}** that {Bad}, over {window.Words} (objective {slo.Name}).{bad}{Wording.Evidence(curve.Answer)}{Gaps([])}";
    }

    public string Rise(RiseSearch search, CurveOnset coarse, Stretches lengths, IReadOnlyList<Service>? callees, IReadOnlyList<Step> measured)
    {
        var onset = measured.Where(step => step.Call.Name == "prometheus_query_range" && step.Result.IsFound).Select(step => Curve.Read(step.Result)?.RiseAbove(slo.AllowedErrorRatio))
            .FirstOrDefault(rise => rise is not null)?.At ?? coarse.At;
        var figures = measured.Where(step => step.Call.Name == "prometheus_query").Select(Figure).Chunk(Stretches.Calls).Where(four => four.Length == Stretches.Calls).Select(four => new Figures(four, lengths)).ToArray();
        var own = figures.FirstOrDefault() ?? new Figures([double.NaN, double.NaN, double.NaN, double.NaN], lengths);
        if (own.Since <= slo.AllowedErrorRatio)
        {
            return $"Nothing got worse for long: the share of requests of **{service.Name}** that {Bad} rose for a moment at {Moment(onset)}, but {own.Words(Bad)}, and {Wording.Percent(slo.AllowedErrorRatio)} may (objective {slo.Name}). If it goes on, ask again in half a minute.{Wording.Evidence(coarse.Curve.Answer)}{Gaps(measured)}";
        }

        var called = (callees ?? []).Where(callee => CauseRequest.Chosen(callee, latency) is not null).Zip(figures.Skip(1)).ToArray();
        var worse = called.Where(one => one.Second.IsWorse(slo.AllowedErrorRatio)).Select(one => one.First.Name).ToHashSet(StringComparer.Ordinal);
        var lookback = window.Length > LeastLookback ? window.Length : LeastLookback;
        var around = SuspectRelease.Around(exchange, measured, onset, lookback);
        var near = around.Where(one => callees is null || one.Service.Name == service.Name || callees.Contains(one.Service)).OrderByDescending(one => one.Service.Name == service.Name || worse.Contains(one.Service.Name)).ToArray();
        var over = search.Now <= slo.AllowedErrorRatio;
        return $"**{service.Name}** {Verb} at {Moment(onset)}, {Length(lengths.End - onset)} ago. {own.Words(Bad)} (objective {slo.Name}: {Wording.Percent(slo.AllowedErrorRatio)} may)."
            + (over ? $" It seems to be over: {Wording.Percent(search.Now)} {Bad} lately." : "")
            + Cause(near.FirstOrDefault(), onset, lookback, callees, over)
            + Wording.List(Beside(near.FirstOrDefault(), around, onset, callees, called, worse, own), 10, 10).Insert(0, "\n")
            + Wording.Evidence(coarse.Curve.Answer)
            + string.Concat(measured.Where(step => step.Call.Name == "fly_list_releases" && step.Result.IsFound && (near.Length == 0 || step.Argument("app") == FleetWording.AppOf(exchange, near[0].Service.Name))).Take(1).Select(step => Wording.Evidence(step.Result)))
            + Gaps(measured);
    }

    private string Cause(SuspectRelease? suspect, DateTimeOffset onset, TimeSpan lookback, IReadOnlyList<Service>? callees, bool over)
    {
        var looked = exchange.Tools.Contains("fly_list_releases");
        if (suspect is null)
        {
            var whose = callees is { Count: > 0 } ? $"it, or of what it calls ({string.Join(", ", callees.Select(callee => callee.Name))})," : "it";
            return looked ? $"\n\n**No release** of {whose} finished in the {TimeExpression.Format(lookback)} before, so a deploy is not the likely cause." : "";
        }

        var own = suspect.Service.Name == service.Name;
        var name = suspect.Service.Name;
        var which = own ? "" : callees is null ? $" (whether {service.Name} calls {name} I cannot see)" : $", which {service.Name} calls";
        var before = suspect.Before is { } earlier ? $"; before it ran `{FleetWording.Image(earlier)}`" : "";
        var gap = onset - suspect.Release.At;
        var said = $"\n\nThe release closest before is **{FleetWording.NameOf(suspect.Release)} of {name}**{which}: image `{FleetWording.Image(suspect.Release)}`{(suspect.Release.Text("by", "user") is { } by ? $", by {by}" : "")}, at {Moment(suspect.Release.At)}, "
            + $"{(gap >= TimeSpan.FromSeconds(1) ? $"{Length(gap)} earlier" : "at the same moment, as far as the curve can tell")}{before}. That is a coincidence in time, not a proof.";
        return said + (over ? "" : suspect.Before is null
            ? $"\n\nThere is no earlier image to roll {name} back to; `releases of {name}` shows what there is."
            : $"\n\nSay `roll back {name}` to propose going back; a human decides.");
    }

    private IEnumerable<string> Beside(
        SuspectRelease? suspect, IReadOnlyList<SuspectRelease> around, DateTimeOffset onset, IReadOnlyList<Service>? callees, (Service Callee, Figures Figures)[] called, HashSet<string> worse, Figures own)
    {
        foreach (var (callee, figures) in called)
        {
            yield return $"{callee.Name}, which it calls, {(worse.Contains(callee.Name) ? $"is worse too: {figures.Words(Bad)}" : $"is as before ({Wording.Percent(figures.Since)} {Bad})")}.";
        }

        var often = own.RateSince / own.RateBefore;
        if (often >= MuchMore)
        {
            yield return $"Requests rose from {Wording.Number(own.RateBefore)} to {Wording.Number(own.RateSince)} a second."
                + (suspect is null && worse.FirstOrDefault() is { } full ? $" If it is the load: `scale {full} to` a larger number proposes more machines, `status of {full}` shows those it has." : suspect is null ? $" If it is the load: `scale {service.Name} to` a larger number proposes more machines." : "");
        }
        else if (double.IsFinite(often))
        {
            yield return $"Requests: {Wording.Number(own.RateBefore)} a second before, {Wording.Number(own.RateSince)} since.";
        }

        foreach (var other in around.Where(one => one != suspect))
        {
            var known = other.Service.Name == service.Name || callees?.Contains(other.Service) == true;
            yield return $"Also released: {FleetWording.NameOf(other.Release)} of {other.Service.Name} (`{FleetWording.Image(other.Release)}`), at {Moment(other.Release.At)}{(known ? "" : callees is null ? "" : $"; {service.Name} is not seen to call it")}.";
        }
    }

    private string Gaps(IReadOnlyList<Step> measured)
    {
        string[] gaps =
        [
            .. exchange.Tools.Contains("fly_list_releases") ? Array.Empty<string>() : ["releases: I do not hold `fly_list_releases`"],
            .. measured.Where(step => step.Result.Status is "failed" or "denied").Select(Wording.Trouble).Distinct(StringComparer.Ordinal).Take(3),
            .. service.Slos.Where(other => other != slo).Select(other => $"objective {other.Name} (ask `why is {service.Name} {(latency ? "failing" : "slow")}`)"),
            $"logs (ask `logs of {service.Name}`), commits, configuration, secrets, and what lies outside the catalogue",
        ];
        return $"\n\nNot looked at:{Wording.List(gaps, gaps.Length, 10)}";
    }

    private static double Figure(Step step) => ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "result")).Select(one => ToolAnswer.Number(one, "value")).FirstOrDefault(double.NaN);

    private static string Length(TimeSpan length) => TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Round(length.TotalSeconds))));

    private static string Moment(DateTimeOffset moment) => Wording.Moment(moment.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Shares of bad events, and how many there were, before and since.</summary>
    private sealed record Figures(double[] Four, Stretches Lengths)
    {
        public double Since => Four[2];

        public double RateBefore => Four[1] / Lengths.Before.TotalSeconds;

        public double RateSince => Four[3] / Lengths.Since.TotalSeconds;

        /// <summary>More than twice what it was, more than may be, and more than a handful.</summary>
        public bool IsWorse(double allowed) => Since > allowed && Since >= 2 * Four[0] && Since * Four[3] >= 5;

        public string Words(string bad) =>
            $"{Wording.Percent(Four[0])} of {Count(Four[1])} requests {bad} in the {Length(Lengths.Before)} before, {Wording.Percent(Since)} of {Count(Four[3])} in the {Length(Lengths.Since)} since";

        private static string Count(double events) => double.IsNaN(events) ? "an unknown number of" : Math.Round(events).ToString("N0", CultureInfo.InvariantCulture);
    }
}
