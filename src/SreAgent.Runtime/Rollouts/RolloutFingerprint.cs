using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What an approval of a rollout is bound to: the application as it was looked at, and the bytes that are to run.</summary>
internal static class RolloutFingerprint
{
    public static string Of(Fleet fleet, ImageReference? wanted) => $"{fleet.Fingerprint} wanted={wanted?.Digest ?? "?"}";
}
