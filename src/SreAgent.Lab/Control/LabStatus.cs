namespace SreAgent.Lab.Control;

/// <summary>How the practice world stands: what <c>lab status</c> prints. Field names are fixed; more may be added.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Since">When it began.</param>
/// <param name="Endpoints">Where everything answers, by name.</param>
/// <param name="Services">By name.</param>
/// <param name="Story">What people notice.</param>
/// <param name="Happened">So far, oldest first.</param>
/// <param name="Next">What happens next. Absent when nothing does.</param>
public sealed record LabStatus(
    string Scenario,
    DateTimeOffset Since,
    IReadOnlyDictionary<string, Uri> Endpoints,
    IReadOnlyList<LabService> Services,
    string Story,
    IReadOnlyList<LabMoment> Happened,
    LabMoment? Next);

/// <param name="Image"><c>checkout:v42</c>; joined by a plus sign while machines run different ones.</param>
/// <param name="Healthy">Its machines answer their health checks, and at most one in twenty requests of the last seconds failed or took over a second.</param>
/// <param name="BadShare">Share of the last seconds' requests that failed or took over a second, 0 to 1.</param>
public sealed record LabService(string Name, string Image, bool Healthy, double BadShare);

public sealed record LabMoment(DateTimeOffset At, string What);
