namespace SreAgent.Runtime.Rollouts;

/// <summary>Names of the steps of a rollout that are not its platform's.</summary>
internal static class RolloutSteps
{
    public const string Settle = "settle what goes out";
    public const string Measure = "measure before";
    public const string Failed = "carrying out failed";
    public const string Watch = "watch users";

    public static string Open(string recorder) => $"open the record in {recorder}";

    public static string Close(string recorder) => $"close the record in {recorder}";
}
