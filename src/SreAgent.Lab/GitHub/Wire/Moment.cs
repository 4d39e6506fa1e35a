namespace SreAgent.Lab.GitHub.Wire;

/// <summary>Moments as GitHub writes them: UTC, to the second, with a Z.</summary>
internal static class Moment
{
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    public static string? Of(DateTimeOffset? moment) => moment is { } known ? Of(known) : null;
}
