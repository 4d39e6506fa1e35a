namespace SreAgent.Core.Redaction;

/// <summary>Whoever holds secret values from settings or files. Everything it names is taken out of whatever leaves the host (G12).</summary>
public interface ISecretSource
{
    /// <summary>The values as they stand now; a token file that was rotated shows up on the next reading.</summary>
    IEnumerable<string> Secrets { get; }
}
