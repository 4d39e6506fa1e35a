using SreAgent.Core.Time;

namespace SreAgent.Integrations.Grafana;

/// <summary>The distance between points, and the window rates are taken over, as Grafana chooses them.</summary>
internal sealed record PanelInterval(TimeSpan Step, TimeSpan Rate)
{
    /// <summary>What Grafana assumes of a Prometheus that nobody configured.</summary>
    public static readonly TimeSpan DefaultScrape = TimeSpan.FromSeconds(15);

    private const int MaxPoints = 250;

    /// <param name="range">The window asked for.</param>
    /// <param name="maxPoints">The panel's own limit; never more than 250 here.</param>
    /// <param name="least">The shortest step its author allows. Absent means as often as it is scraped.</param>
    /// <param name="scrape">How often the data source scrapes.</param>
    public static PanelInterval For(TimeRange range, int? maxPoints, TimeSpan? least, TimeSpan scrape)
    {
        var points = Math.Clamp(maxPoints ?? MaxPoints, 2, MaxPoints);
        var chosen = RoundDuration.AtLeast(TimeSpan.FromSeconds(range.Length.TotalSeconds / (points - 1)));
        var shortest = least ?? scrape;
        var step = chosen > shortest ? chosen : shortest;
        var four = 4 * shortest;
        return new PanelInterval(step, step + shortest > four ? step + shortest : four);
    }

    /// <summary>As panels write it: <c>30s</c>, <c>&gt;1m</c>. Absent when there is none or it makes no sense.</summary>
    public static TimeSpan? Parse(string? text) =>
        TimeExpression.TryParseDuration(text?.TrimStart('>').Trim(), out var duration) && duration >= TimeSpan.FromMilliseconds(1) ? duration : null;
}
