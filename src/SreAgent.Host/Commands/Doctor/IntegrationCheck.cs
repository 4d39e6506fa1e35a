using SreAgent.Core.Integrations;

namespace SreAgent.Host.Commands.Doctor;

/// <summary>Whether an outside system answers as it should.</summary>
internal sealed class IntegrationCheck(IIntegration integration) : IDoctorCheck
{
    public string Name => integration.Name;

    public async Task<DoctorFinding> CheckAsync(CancellationToken cancellationToken)
    {
        if (integration.DisabledBecause is { } reason)
        {
            return new DoctorFinding(DoctorStatus.Disabled, reason);
        }

        var probe = await integration.ProbeAsync(cancellationToken);
        return new DoctorFinding(probe.Ok ? DoctorStatus.Ok : DoctorStatus.Broken, probe.Detail);
    }
}
