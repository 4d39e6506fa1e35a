using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>What is needed to find out later what a run of flyctl came to.</summary>
/// <param name="Digest">The wanted image's.</param>
/// <param name="ReleaseBefore">The newest release when it was started; null when there was none.</param>
internal sealed record FlyctlIntent(string Digest, string? ReleaseBefore);

[JsonSerializable(typeof(FlyctlIntent))]
internal sealed partial class FlyctlJson : JsonSerializerContext;
