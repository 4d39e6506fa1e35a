namespace SreAgent.Integrations.Fly;

/// <summary>What each of Fly's strategies does, and what it leaves behind when it fails: the approver decides on that too.</summary>
internal static class StrategyFacts
{
    /// <summary>Fly's default.</summary>
    public const string Usual = "rolling";

    public static string Explain(string strategy) => strategy switch
    {
        "rolling" => "rolling: a part of the machines at a time, each waited for.",
        "canary" => "canary: one machine first, then rolling. A failure leaves the fleet mixed.",
        "bluegreen" => "bluegreen: a second set of machines, switched to when healthy. A failure before the switch leaves the old ones as they were.",
        "immediate" => "immediate: all machines at once, health is not waited for. A failure leaves everything new, and perhaps broken.",
        _ => $"{strategy}: not a strategy of Fly's.",
    };
}
