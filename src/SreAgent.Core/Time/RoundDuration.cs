namespace SreAgent.Core.Time;

/// <summary>Durations people would choose: 1, 2, 5, 10, 15, 20, 30 of a unit, then whole days.</summary>
public static class RoundDuration
{
    private static readonly int[] Seconds = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

    /// <summary>The shortest of them that is not shorter than <paramref name="least"/>; at least a second.</summary>
    public static TimeSpan AtLeast(TimeSpan least)
    {
        foreach (var seconds in Seconds)
        {
            if (seconds >= least.TotalSeconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        return TimeSpan.FromDays(Math.Ceiling(least.TotalDays));
    }
}
