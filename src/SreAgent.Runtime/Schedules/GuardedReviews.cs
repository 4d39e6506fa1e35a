namespace SreAgent.Runtime.Schedules;

/// <summary>The guarded tools a schedule calls; both take a <c>subject</c> and a <c>persona</c>.</summary>
internal static class GuardedReviews
{
    public const string Run = "review_run";
    public const string Publish = "review_publish";
}
