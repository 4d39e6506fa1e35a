namespace SreAgent.Core.Readiness;

/// <summary>Tells by its path how much a file says about what users have.</summary>
internal static class Standing
{
    private static readonly string[] Near = ["prod", "production", "live", "runbook", "runbooks", "prd"];
    private static readonly string[] Far = ["dev", "development", "local", "test", "tests", "testing", "sandbox", "sandpit", "example", "sample", "ci", "staging", "stage", "qa", "preprod", "load", "demo", "review", "tools", "hack", "compose", "localstack", "minikube", "tilt"];

    /// <returns>Lower is nearer.</returns>
    public static int Of(string path)
    {
        var (near, far) = (false, false);
        foreach (var range in path.AsSpan().SplitAny("/._-"))
        {
            near |= IsOneOf(path.AsSpan()[range], Near);
            far |= IsOneOf(path.AsSpan()[range], Far);
        }

        return near && !far ? -1 : far ? 1 : 0;
    }

    private static bool IsOneOf(ReadOnlySpan<char> part, string[] words)
    {
        foreach (var word in words)
        {
            if (part.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
