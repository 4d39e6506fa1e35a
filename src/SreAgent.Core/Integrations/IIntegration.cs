namespace SreAgent.Core.Integrations;

/// <summary>An outside system this host can speak to. Always registered, also when it is disabled, so that the reason can be shown.</summary>
public interface IIntegration
{
    /// <summary>As its settings section is called: <c>Prometheus</c>.</summary>
    string Name { get; }

    /// <summary>Absent when enabled; otherwise why it is not, naming the setting that would enable it.</summary>
    string? DisabledBecause { get; }

    /// <summary>
    /// Asks the system the cheapest question that proves address, identity and version. Returns, never throws, what is wrong.
    /// Called only when enabled.
    /// </summary>
    Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken);
}

/// <param name="Ok">Whether the system answered as it should.</param>
/// <param name="Detail">What answered (version, address without credentials), or what was tried, what came back and how to fix it.</param>
public sealed record ProbeResult(bool Ok, string Detail);
