namespace SreAgent.Runtime.Schedules;

/// <summary>The guarded tools a schedule calls; both take a <c>subject</c>.</summary>
internal static class ReviewTools
{
    public const string Run = "review_run";
    public const string Publish = "review_publish";
}
