using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Conversations;
using SreAgent.Core.Integrations;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Catalogue;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Guardrail;

public static class GuardrailServiceCollectionExtensions
{
    /// <summary>
    /// The guardrail over every registered <see cref="IToolset"/>: policy from the settings' <c>Guardrails</c>, services from <c>Services</c>.
    /// Broken settings do not throw here: the host lists them at start, and should it go on all the same, every call is refused.
    /// </summary>
    public static IServiceCollection AddGuardrail(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new GuardrailOptions();
        configuration.GetSection(GuardrailOptions.Section).Bind(options);
        var reading = GuardrailPolicyReader.Read(options);
        var catalogue = configuration.GetSection(ServiceOptions.Section).Get<Dictionary<string, ServiceOptions>>() ?? [];

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IErrorBudgetSource, UnknownErrorBudget>();
        services.AddSingleton(reading);
        services.AddSingleton(new GuardrailLimits(
            TimeSpan.FromSeconds(options.ReadTimeoutSeconds), TimeSpan.FromSeconds(options.PlanTimeoutSeconds), TimeSpan.FromSeconds(options.ChangeTimeoutSeconds)));
        var known = new SettingsServiceCatalogue(catalogue, options.DefaultEnvironment);
        services.AddSingleton<IServiceCatalogue>(known);
        services.AddSingleton<ISettingsCheck>(known);
        services.AddSingleton<IPolicySource, SettingsPolicySource>();
        services.AddSingleton(provider => new Redactor(provider.GetServices<ISecretSource>().SelectMany(source => source.Secrets)));
        services.AddSingleton(provider => new ToolCatalogue(provider.GetServices<IToolset>().SelectMany(ToolFactory.From)));
        services.AddSingleton<SwitchedOffToolsets>();
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton<PolicyGate>();
        services.AddSingleton<ChangePlanner>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<ToolRunner>();
        services.AddSingleton<RequestReadmission>();
        services.AddSingleton<RemedyRaiser>();
        services.AddSingleton<ChangeRunner>();
        services.AddSingleton<ChangeExecutor>();
        services.AddSingleton<AbandonedChanges>();
        services.AddSingleton<IChangeRecovery, ChangeRecovery>();
        services.AddSingleton(provider => new OutcomeRenderer(
            provider.GetRequiredService<Redactor>(), provider.GetRequiredService<IResultStore>(), provider.GetRequiredService<TimeProvider>(), options.MaxResultBytes,
            provider.GetRequiredService<ILogger<OutcomeRenderer>>()));
        services.AddSingleton<IApprovalDesk, ApprovalDesk>();
        services.AddSingleton<IToolInvoker, GuardrailPipeline>();
        return services;
    }
}
