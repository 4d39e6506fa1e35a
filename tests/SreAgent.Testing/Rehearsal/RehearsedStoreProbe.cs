using SreAgent.Core.Integrations;
using SreAgent.Runtime.Stores;

namespace SreAgent.Testing.Rehearsal;

/// <summary>A store that says of itself what it is told to.</summary>
public sealed class RehearsedStoreProbe(ProbeResult result) : IStoreProbe
{
    public Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(result);
}
