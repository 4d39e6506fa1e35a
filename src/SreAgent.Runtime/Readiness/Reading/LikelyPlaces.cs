using System.Buffers;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>Which files are read first, when not all can be: those whose path speaks of running something, then those near the root.</summary>
internal static class LikelyPlaces
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        [
            "readme", "runbook", "playbook", "slo", "oncall", "on-call", "operat", "deploy", "release", "monitor", "alert", "incident", "disaster", "recover", "backup", "rollback", "upgrad", "migrat", "architect", "product", "readiness", "sre", "reliab", "observ", "metric", "health", "helm", "chart", "k8s", "kube",
            "terraform", "infra", ".github", "ci/", "docker", "compose", "server", "main.", "config", "fly.",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <returns>Lower is sooner.</returns>
    public static int Rank(string path) => path.AsSpan().Count('/') + (path.AsSpan().ContainsAny(Words) ? 0 : Unlikely);

    private const int Unlikely = 8;
}
