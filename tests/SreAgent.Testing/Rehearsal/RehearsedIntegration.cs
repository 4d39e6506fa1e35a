using SreAgent.Core.Integrations;

namespace SreAgent.Testing.Rehearsal;

public sealed class RehearsedIntegration(string name, string? disabledBecause, Func<CancellationToken, Task<ProbeResult>> probe) : IIntegration
{
    public string Name => name;

    public string? DisabledBecause => disabledBecause;

    public Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken) => probe(cancellationToken);
}
