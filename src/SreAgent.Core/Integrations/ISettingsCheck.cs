namespace SreAgent.Core.Integrations;

/// <summary>A part of the settings that has been read and checked. The host lists what all of them found at once.</summary>
public interface ISettingsCheck
{
    /// <summary>One sentence per mistake, beginning with the setting's path: <c>Integrations:Prometheus:BaseUrl ...</c>. Empty when all is well.</summary>
    IReadOnlyList<string> Problems { get; }
}
