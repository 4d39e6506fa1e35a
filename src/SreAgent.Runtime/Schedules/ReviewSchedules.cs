using SreAgent.Core.Integrations;

namespace SreAgent.Runtime.Schedules;

/// <summary>The schedules the settings state. Those that are stated wrongly are among <see cref="Problems"/>, all at once.</summary>
public sealed class ReviewSchedules : ISettingsCheck
{
    public ReviewSchedules(IReadOnlyDictionary<string, ReviewScheduleOptions> schedules)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        var problems = new List<string>();
        All =
        [
            .. schedules.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => ReviewScheduleReader.Read(pair.Key, pair.Value, problems)).OfType<ReviewSchedule>(),
        ];
        Problems = problems;
    }

    private ReviewSchedules(IReadOnlyList<ReviewSchedule> all, IReadOnlyList<string> problems) => (All, Problems) = (all, problems);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<ReviewSchedule> All { get; }

    public IReadOnlyList<string> Problems { get; }

    /// <summary>Schedules that come from elsewhere than settings.</summary>
    public static ReviewSchedules Of(params IReadOnlyList<ReviewSchedule> schedules) => new(schedules, []);
}
