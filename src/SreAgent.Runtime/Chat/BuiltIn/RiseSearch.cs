using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// Looks for the moment the share of bad events rose, in windows from hours to seconds: over the whole of what was asked and over its last
/// minutes; where figures begin within the window, at their beginning; where all of it is bad, further back.
/// </summary>
internal sealed class RiseSearch
{
    // Fewer than a sparkline is wide, so that each of its marks is one point.
    private const int Points = 36;

    private const int MostRounds = 5;

    private static readonly TimeSpan Sharpest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Sharp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Blunt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Wider = TimeSpan.FromHours(6);

    private readonly Slo _slo;
    private readonly SpokenWindow _window;
    private readonly Curve[][] _rounds;

    /// <param name="slo">Says which events are bad.</param>
    /// <param name="window">What was asked about.</param>
    /// <param name="rounds">What has been asked so far.</param>
    public RiseSearch(Slo slo, SpokenWindow window, IEnumerable<IReadOnlyList<Step>> rounds)
    {
        (_slo, _window) = (slo, window);
        _rounds = [.. rounds.Select(round => round.Where(step => step.Call.Name == "prometheus_query_range" && step.Result.IsFound).Select(step => Curve.Read(step.Result)).OfType<Curve>().ToArray())];
        Rise = _rounds.SelectMany(round => round).Select(curve => curve.RiseAbove(slo.AllowedErrorRatio)).FirstOrDefault(rise => rise is not null);
    }

    /// <summary>The first rise found, in the order it was looked for: that of the widest window.</summary>
    public CurveOnset? Rise { get; }

    /// <summary>What says most of how it stood. Absent when there is no figure at all.</summary>
    public Curve? Telling => _rounds.SelectMany(round => round).MaxBy(curve => curve.Known);

    /// <summary>The end of the latest curve: a look at the beginning of a rise ends before now.</summary>
    public DateTimeOffset End => _rounds.SelectMany(round => round).Max(curve => curve.To);

    /// <summary>How it stands now: the end of the sharpest curve.</summary>
    public double Now => _rounds.SelectMany(round => round).Where(curve => curve.IsTelling).OrderByDescending(curve => curve.To).ThenBy(curve => curve.Step).FirstOrDefault()?.Latest ?? double.NaN;

    public bool IsBad => Telling is { } curve && Math.Max(curve.Median, curve.Latest) > _slo.AllowedErrorRatio;

    public PlannedCall[] First() =>
    [
        Range(Sharp, _window.From, "now", _window.Length), Range(Blunt, _window.From, "now", _window.Length),
        .. _window.Length > Recent ? [Range(Sharpest, $"now-{TimeExpression.Format(Recent)}", "now", Recent)] : Array.Empty<PlannedCall>(),
    ];

    /// <summary>Where to look next; nothing when there is no better place.</summary>
    public PlannedCall[] Next()
    {
        if (Rise is not null || _rounds.Length >= MostRounds || _rounds[^1].Where(curve => curve.Known > 0).ToArray() is not { Length: > 0 } latest)
        {
            return [];
        }

        var young = latest.Where(curve => curve.DataBeginsInside).MinBy(curve => curve.Step);
        if (young is not null && (IsBad || !young.IsTelling) && young.Step > TimeSpan.FromSeconds(1))
        {
            var from = young.DataFrom - young.Step;
            var length = young.Step * 4 > TimeSpan.FromMinutes(1) ? young.Step * 4 : TimeSpan.FromMinutes(1);
            var to = from + length < young.To ? from + length : young.To;
            return to - from >= TimeSpan.FromSeconds(5) ? Closer(from, to) : [];
        }

        return young is null && IsBad && !_window.Given && _rounds.Length == 1
            ? [Range(Sharp, $"now-{TimeExpression.Format(Wider)}", "now", Wider), Range(Blunt, $"now-{TimeExpression.Format(Wider)}", "now", Wider)]
            : [];
    }

    /// <summary>The same stretch of time, sharper.</summary>
    public PlannedCall[] Closer(DateTimeOffset from, DateTimeOffset to)
    {
        var sharp = (to - from) / Points < Sharpest;
        return [.. (sharp ? new[] { Sharpest, Sharp } : [Sharp]).Select(over => Range(over, CauseWording.Instant(from), CauseWording.Instant(to), to - from))];
    }

    private PlannedCall Range(TimeSpan over, string from, string to, TimeSpan length) => PlannedCall.Of(
        "prometheus_query_range", ("query", SloQueries.ErrorRatio(_slo, over)), ("from", from), ("to", to),
        ("step", TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(length.TotalSeconds / Points))))));
}
