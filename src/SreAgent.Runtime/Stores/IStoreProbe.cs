using SreAgent.Core.Integrations;

namespace SreAgent.Runtime.Stores;

/// <summary>Asks the store whether it can be read and written, for <c>doctor</c>.</summary>
public interface IStoreProbe
{
    /// <summary>Says where the store is and what runs it, or what is wrong and how to fix it. Creates the store when there is none.</summary>
    Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken);
}
