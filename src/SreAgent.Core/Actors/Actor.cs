namespace SreAgent.Core.Actors;

/// <summary>Where a person or a trigger reached us. An environment may accept approvals from some of these only.</summary>
public enum Surface
{
    /// <summary>Unknown. Never counts as anything.</summary>
    None = 0,
    Terminal,
    Mcp,
    Slack,
    Web,
    Schedule,
    Webhook,
}

/// <summary>Who asks, as the surface's own authentication established it; never from text or tool arguments (G5).</summary>
/// <param name="Id">Stable and comparable across surfaces once mapped: <c>os:ada</c>, <c>slack:U02ABC</c>, <c>schedule:weekly-review</c>.</param>
/// <param name="Surface">Where the identity was established.</param>
/// <param name="IsHuman">False for schedules and webhooks: they may raise a ChangeRequest, never approve or execute one (G8).</param>
public sealed record Actor(string Id, Surface Surface, bool IsHuman)
{
    /// <summary>Stands for a missing identity. The guardrail refuses it everything.</summary>
    public static Actor Missing { get; } = new("", Surface.None, IsHuman: false);

    public bool IsMissing => string.IsNullOrWhiteSpace(Id) || Surface == Surface.None;
}
