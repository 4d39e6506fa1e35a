using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Chat;

/// <summary>The model's key and whatever its configured headers carry.</summary>
internal sealed class ModelSecrets(ModelChoice choice, ModelsOptions options) : ISecretSource
{
    public IEnumerable<string> Secrets => choice.Key is { } key ? options.Headers.Values.Append(key) : options.Headers.Values;
}
