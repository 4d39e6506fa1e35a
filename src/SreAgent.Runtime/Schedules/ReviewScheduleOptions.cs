namespace SreAgent.Runtime.Schedules;

/// <summary>
/// The settings' <c>Reviews:Schedules</c> section: one block a schedule, keyed by its name. As written; <see cref="ReviewScheduleReader"/>
/// checks it. Text throughout, so that a mistake is reported with the others instead of ending the reading.
/// </summary>
public sealed class ReviewScheduleOptions
{
    public const string Section = "Reviews:Schedules";

    /// <summary>Five fields as in a crontab (<c>0 7 * * MON</c>), or six with seconds first as Quartz has them.</summary>
    public string? Cron { get; set; }

    /// <summary>An IANA name: <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whose must-answer list is reviewed against, and whose grants apply; the default reviewer when absent.</summary>
    public string? Persona { get; set; }

    /// <summary><c>owner/name</c> each.</summary>
    public IList<string> Repositories { get; } = [];

    /// <summary>Finds more repositories, in the code host's search words: <c>org:acme archived:false</c>.</summary>
    public string? Search { get; set; }

    /// <summary>true or false: also every open pull request changed since the last run.</summary>
    public string PullRequests { get; set; } = "false";

    /// <summary>true or false: keep one comment on each reviewed pull request.</summary>
    public string Post { get; set; } = "false";

    /// <summary>1 to 1000 in one run.</summary>
    public string MaxRepositories { get; set; } = "50";

    /// <summary>1 to 1000 in one run.</summary>
    public string MaxPullRequests { get; set; } = "100";

    /// <summary>1 to 1440 for one run.</summary>
    public string MaxMinutes { get; set; } = "60";
}
