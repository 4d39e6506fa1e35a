namespace SreAgent.Core.Readiness.Findings;

/// <summary>Secrets that are committed. The message never holds one.</summary>
internal static class ExposedSecrets
{
    public static IEnumerable<Finding> Find(Observed observed) =>
        observed.Of(StatementKind.ExposedSecret).Select(secret => secret.Finding(
            "secret-in-configuration", FindingSeverity.Critical,
            $"A {(secret.Fact("secret") ?? "secret").Replace('-', ' ')} stands in the open; revoke it, issue a new one, and keep that in a secret store the service reads from."));
}
