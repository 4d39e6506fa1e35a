using Quartz;

namespace SreAgent.Runtime.Schedules;

/// <summary>Reviews that happen by themselves.</summary>
/// <param name="Name">As the settings have it.</param>
/// <param name="Due">When, in its time zone.</param>
/// <param name="TimeZone">As the settings name it.</param>
public sealed record ReviewSchedule(string Name, CronExpression Due, string TimeZone)
{
    /// <summary>Absent for the default reviewer.</summary>
    public string? Persona { get; init; }

    public IReadOnlyList<string> Repositories { get; init; } = [];

    public string? Search { get; init; }

    public bool PullRequests { get; init; }

    public bool Post { get; init; }

    public int MaxRepositories { get; init; } = 50;

    public int MaxPullRequests { get; init; } = 100;

    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The next moment after this one; absent when there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => Due.GetNextValidTimeAfter(moment);

    /// <summary>The last moment before this one; absent when there is none.</summary>
    public DateTimeOffset? LastBefore(DateTimeOffset moment) => Due.GetPreviousValidTimeBefore(moment);
}
