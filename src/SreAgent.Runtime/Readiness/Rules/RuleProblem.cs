namespace SreAgent.Runtime.Readiness.Rules;

/// <summary>A mistake in a rule file. <see cref="ToString"/> names the place first.</summary>
internal sealed record RuleProblem(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
