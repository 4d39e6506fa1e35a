namespace SreAgent.Core.Policy;

/// <summary>
/// A span in which changes rest, in a named time zone: either one stretch between two local moments, or every week from a day and time
/// to another. Where a clock change skips or repeats local times, the freeze is the longer reading: a skipped time is the moment the
/// clock jumps, a repeated one begins a freeze the first time and ends it the second.
/// </summary>
public sealed record Freeze
{
    public required string Name { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>First local moment, inclusive, of a one-off freeze.</summary>
    public DateTime? From { get; init; }

    /// <summary>Last local moment, exclusive, of a one-off freeze.</summary>
    public DateTime? To { get; init; }

    /// <summary>A span of every week.</summary>
    public WeeklySpan? Weekly { get; init; }

    public bool IsInForce(DateTimeOffset now)
    {
        if (From is { } from && To is { } to && IsBetween(from, to, now))
        {
            return true;
        }

        var local = TimeZoneInfo.ConvertTime(now, TimeZone).DateTime;
        return Weekly is { } weekly && weekly.Around(local).Any(span => IsBetween(span.From, span.To, now));
    }

    private bool IsBetween(DateTime from, DateTime to, DateTimeOffset now) => now >= MomentOf(from, first: true) && now < MomentOf(to, first: false);

    /// <summary>When the clocks of the zone show a local time: the first or the last time they do, or the moment they jump over it.</summary>
    private DateTimeOffset MomentOf(DateTime local, bool first)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (TimeZone.IsAmbiguousTime(local))
        {
            // The first time round the clock still has the larger offset.
            var offsets = TimeZone.GetAmbiguousTimeOffsets(local);
            return new DateTimeOffset(local, first ? offsets.Max() : offsets.Min());
        }

        if (!TimeZone.IsInvalidTime(local))
        {
            return new DateTimeOffset(local, TimeZone.GetUtcOffset(local));
        }

        // Of all moments within a day, the earliest at which the clock shows this time or a later one.
        var (before, after) = (new DateTimeOffset(local, TimeSpan.Zero).AddDays(-1).UtcTicks, new DateTimeOffset(local, TimeSpan.Zero).AddDays(1).UtcTicks);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            var shown = TimeZoneInfo.ConvertTime(new DateTimeOffset(middle, TimeSpan.Zero), TimeZone).DateTime;
            (before, after) = shown < local ? (middle, after) : (before, middle);
        }

        return new DateTimeOffset(after, TimeSpan.Zero);
    }
}

/// <summary>
/// From a day and time of the week to another, wrapping over the week's end when the end comes first. From a moment to the same moment
/// is the whole week: a freeze that somebody wrote down is never empty.
/// </summary>
public sealed record WeeklySpan(DayOfWeek FromDay, TimeOnly FromTime, DayOfWeek ToDay, TimeOnly ToTime)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The spans, in local time, that a moment near <paramref name="local"/> may lie in.</summary>
    internal IEnumerable<(DateTime From, DateTime To)> Around(DateTime local)
    {
        var from = Offset(FromDay, FromTime.ToTimeSpan());
        var length = Offset(ToDay, ToTime.ToTimeSpan()) - from;
        length = length > TimeSpan.Zero ? length : length + Week;
        var sunday = local.Date.AddDays(-(int)local.DayOfWeek);
        return new[] { sunday - Week, sunday, sunday + Week }.Select(week => (week + from, week + from + length));
    }

    private static TimeSpan Offset(DayOfWeek day, TimeSpan time) => TimeSpan.FromDays((int)day) + time;
}
