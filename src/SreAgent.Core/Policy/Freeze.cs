namespace SreAgent.Core.Policy;

/// <summary>
/// A span in which changes rest, in a named time zone: either one stretch between two local moments, or every week from a day and time
/// to another. Local times that a clock change skips count as the moment the clock jumps; repeated ones count both times.
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
        var local = TimeZoneInfo.ConvertTime(now, TimeZone).DateTime;
        if (From is { } from && To is { } to && local >= from && local < to)
        {
            return true;
        }

        return Weekly is { } weekly && weekly.Contains(local);
    }
}

/// <summary>From a day and time of the week to another, wrapping over the week's end when the end comes first.</summary>
public sealed record WeeklySpan(DayOfWeek FromDay, TimeOnly FromTime, DayOfWeek ToDay, TimeOnly ToTime)
{
    public bool Contains(DateTime local)
    {
        var from = Offset(FromDay, FromTime.ToTimeSpan());
        var to = Offset(ToDay, ToTime.ToTimeSpan());
        var at = Offset(local.DayOfWeek, local.TimeOfDay);
        return from <= to ? at >= from && at < to : at >= from || at < to;
    }

    private static TimeSpan Offset(DayOfWeek day, TimeSpan time) => TimeSpan.FromDays((int)day) + time;
}
