using SreAgent.Core.Catalogue;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>A release shortly before things got worse.</summary>
/// <param name="Before">The complete release of another image before it. Absent when there is none on record.</param>
internal sealed record SuspectRelease(Service Service, Listed Release, Listed? Before)
{
    // The moment of a rise is known to a step of the curve, and clocks differ.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>Releases of a time before a moment, the closest to it first.</summary>
    public static IReadOnlyList<SuspectRelease> Around(Exchange exchange, IReadOnlyList<Step> asked, DateTimeOffset moment, TimeSpan lookback) =>
    [
        .. asked.Where(step => step.Call.Name == "fly_list_releases" && step.Result.IsFound)
            .SelectMany(step => Of(exchange, step, moment, lookback)).OrderBy(suspect => (suspect.Release.At - moment).Duration()),
    ];

    private static IEnumerable<SuspectRelease> Of(Exchange exchange, Step step, DateTimeOffset moment, TimeSpan lookback)
    {
        var app = step.Argument("app");
        var service = exchange.Services.All.FirstOrDefault(one => (one.FlyApp ?? one.Name) == app);
        var releases = Listed.In(step.Result, ListNames.Releases);
        return service is null ? [] : releases
            .Where(release => release.At <= moment + Slack && release.At >= moment - lookback)
            .Select(release => new SuspectRelease(service, release, releases.LastOrDefault(earlier =>
                earlier.At < release.At && earlier.Text("status") is null or "complete" && earlier.Text("image") != release.Text("image"))));
    }
}
