using SreAgent.Core.Time;

namespace SreAgent.Lab.Grafana;

/// <summary>The range a panel is asked for: epoch milliseconds, or <c>now-30m</c>.</summary>
internal static class PanelRange
{
    private const int Points = 120;

    private static readonly TimeSpan Default = TimeSpan.FromMinutes(30);

    public static (DateTimeOffset From, DateTimeOffset To) Of(string? from, string? to, DateTimeOffset now)
    {
        var end = Moment(to, now) ?? now;
        var start = Moment(from, now) ?? end - Default;
        return start < end ? (start, end) : throw new GrafanaRefusal(400, "invalid time range");
    }

    public static TimeSpan Step((DateTimeOffset From, DateTimeOffset To) range) => TimeSpan.FromSeconds(Math.Max(1, Math.Round((range.To - range.From).TotalSeconds / Points)));

    private static DateTimeOffset? Moment(string? text, DateTimeOffset now) =>
        text is not { Length: > 0 } ? null
        : long.TryParse(text, out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : TimeExpression.TryParse(text, now, out var moment) ? moment
        : throw new GrafanaRefusal(400, $"cannot parse {text} as a time");
}
