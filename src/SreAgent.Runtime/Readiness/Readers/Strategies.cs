namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>One name for each way of taking over, whichever platform it is said to.</summary>
internal static class Strategies
{
    /// <returns>rolling, canary, blue-green, recreate, or what was said in small letters.</returns>
    public static string Name(string said) => said.ToLowerInvariant() switch
    {
        "rollingupdate" or "rolling" => "rolling",
        "bluegreen" or "blue-green" or "blue_green" => "blue-green",
        "recreate" or "immediate" or "all-at-once" => "recreate",
        var other => other,
    };
}
