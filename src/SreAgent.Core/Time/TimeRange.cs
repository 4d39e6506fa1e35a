namespace SreAgent.Core.Time;

/// <summary>A closed window of time, <paramref name="From"/> not after <paramref name="To"/>.</summary>
public sealed record TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public static TimeRange Last(TimeSpan length, DateTimeOffset now) => new(now - length, now);
}
