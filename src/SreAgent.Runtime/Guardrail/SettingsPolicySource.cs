using SreAgent.Core.Policy;

namespace SreAgent.Runtime.Guardrail;

/// <summary>The policy of the settings, with the stored kill switch on top, which every process asks for anew.</summary>
internal sealed class SettingsPolicySource(GuardrailPolicyReading reading, IKillSwitch killSwitch) : IPolicySource
{
    public async Task<GuardrailPolicy> CurrentAsync(CancellationToken cancellationToken)
    {
        if (reading.Policy is not { } policy)
        {
            throw new InvalidOperationException($"The guardrail settings are broken: {string.Join(" ", reading.Problems)}");
        }

        return policy.KillSwitch || !await killSwitch.IsOnAsync(cancellationToken) ? policy : policy with { KillSwitch = true };
    }
}
