using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreAgent.Core.Integrations;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Stores;

namespace SreAgent.Host.Composition;

/// <summary>Everything that is wrong with the settings, found at start and listed at once. Nothing is connected to.</summary>
internal static class SettingsChecks
{
    /// <exception cref="SettingsException">At least one setting is wrong.</exception>
    public static void Demand(IServiceProvider services)
    {
        string[] problems =
        [
            .. services.GetRequiredService<GuardrailPolicyReading>().Problems,
            .. services.GetRequiredService<StoreOptions>().Problems,
            .. services.GetServices<ISettingsCheck>().SelectMany(check => check.Problems),
            .. ProblemsOf<AgentOptions>(services),
            .. ProblemsOf<ModelsOptions>(services),
        ];
        if (problems.Length > 0)
        {
            throw new SettingsException(problems);
        }
    }

    private static IEnumerable<string> ProblemsOf<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }
}
