using SreAgent.Core.Catalogue;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// Looks for the moment the share of bad events rose, then at what was released before it, on the service and around it, and at how those
/// it calls fare. The release it names is a coincidence in time, and is said to be one.
/// </summary>
internal sealed record CauseRequest(string Service, bool Slow, SpokenWindow Window) : Request
{
    private const int MostApps = 8;

    private static readonly string[] LatencyWords = ["latency", "slow", "fast", "duration", "speed"];

    private static readonly TimeSpan LongestBefore = TimeSpan.FromMinutes(15);

    public override Reply Next(Exchange exchange)
    {
        if ((exchange.Missing("prometheus_query_range") ?? exchange.Missing("prometheus_query")) is { } missing)
        {
            return missing;
        }

        if (exchange.Services.Find(Service) is not { } service)
        {
            return new Reply.Say(exchange.Unknown(Service));
        }

        if (Chosen(service, Slow) is not { } slo)
        {
            return new Reply.Say(
                $"I cannot tell: no objective of {service.Name} is stated, so I do not know what counts as a bad event. State one under `Services:{service.Name}:Slos` "
                + $"(Objective, Good, Total, Window), or ask for `error rate of {service.Name}` and `releases of {service.Name}`.");
        }

        // The round that measures is the last; the ones before look for the moment.
        var measured = exchange.Rounds.FirstOrDefault(round => round.Any(step => step.Argument("time").Length > 0));
        var search = new RiseSearch(slo, Window, exchange.Rounds.TakeWhile(round => round != measured));
        var wording = new CauseWording(exchange, service, slo, Window, IsLatency(slo));
        if (exchange.Rounds.Count == 0)
        {
            return new Reply.Call([.. search.First(), .. Callees.Ask(service)]);
        }

        if (search.Rise is not { } rise)
        {
            return search.Next() is { Length: > 0 } next ? new Reply.Call(next) : new Reply.Say(wording.NoRise(search));
        }

        var lengths = Lengths(rise, search.End);
        var callees = Callees.Read(exchange, service);
        return measured is null
            ? new Reply.Call([.. Measure(exchange, service, slo, rise, lengths, callees, search)])
            : new Reply.Say(wording.Rise(search, rise, lengths, callees, measured));
    }

    /// <summary>The objective that fits what was asked: one of latency for slow, one that is not for failing.</summary>
    public static Slo? Chosen(Service service, bool slow) => service.Slos.FirstOrDefault(slo => IsLatency(slo) == slow) ?? (service.Slos.Count > 0 ? service.Slos[0] : null);

    private static bool IsLatency(Slo slo) => LatencyWords.Any(word => slo.Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rise at a finer step, the figures of before and since, what those it calls show, and what was released.</summary>
    private IEnumerable<PlannedCall> Measure(Exchange exchange, Service service, Slo slo, CurveOnset rise, Stretches lengths, IReadOnlyList<Service>? callees, RiseSearch search)
    {
        var curve = rise.Curve;
        var closer = curve.Step > TimeSpan.FromSeconds(2) ? search.Closer(rise.At - (2 * curve.Step), rise.At + curve.Step < curve.To ? rise.At + curve.Step : curve.To) : [];
        Slo[] others = [.. (callees ?? []).Select(callee => Chosen(callee, Slow)).OfType<Slo>()];
        PlannedCall[] figures = [.. new[] { slo }.Concat(others).SelectMany(one => lengths.Queries(one))];
        var apps = exchange.Tools.Contains("fly_list_releases") ? Around(exchange, service, callees) : [];
        return [.. closer, .. figures, .. apps.Select(one => PlannedCall.Of("fly_list_releases", ("app", FleetWording.AppOf(exchange, one.Name))))];
    }

    /// <summary>The service, those it calls, and others of the same environment.</summary>
    private static IEnumerable<Service> Around(Exchange exchange, Service service, IReadOnlyList<Service>? callees) =>
        new[] { service }.Concat(callees ?? []).Concat(exchange.Services.All.Where(other => other.FlyApp is not null && other.Environment == service.Environment))
            .DistinctBy(other => other.Name, StringComparer.OrdinalIgnoreCase).Take(MostApps);

    private static Stretches Lengths(CurveOnset rise, DateTimeOffset end)
    {
        var curve = rise.Curve;
        var until = rise.At - curve.Step;
        var before = until - curve.DataFrom + curve.Step;
        var least = curve.Step > TimeSpan.FromSeconds(5) ? curve.Step : TimeSpan.FromSeconds(5);
        return new Stretches(until, before > LongestBefore ? LongestBefore : before < least ? least : before, end, end - rise.At > least ? end - rise.At : least);
    }
}

/// <summary>Two stretches of time that are measured: one that ends before the rise, and all since.</summary>
internal sealed record Stretches(DateTimeOffset Until, TimeSpan Before, DateTimeOffset End, TimeSpan Since)
{
    /// <summary>How many calls <see cref="Queries"/> makes for one objective.</summary>
    public const int Calls = 4;

    public IEnumerable<PlannedCall> Queries(Slo slo) =>
    [
        Query(SloQueries.ErrorRatio(slo, Before), Until), Query(SloQueries.Total(slo, Before), Until),
        Query(SloQueries.ErrorRatio(slo, Since), End), Query(SloQueries.Total(slo, Since), End),
    ];

    private static PlannedCall Query(string query, DateTimeOffset at) => PlannedCall.Of("prometheus_query", ("query", query), ("time", CauseWording.Instant(at)));
}
