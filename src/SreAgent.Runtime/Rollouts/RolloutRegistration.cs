using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SreAgent.Core.Policy;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Runtime.Catalogue;
using SreAgent.Runtime.ServiceLevels;

namespace SreAgent.Runtime.Rollouts;

public static class RolloutRegistration
{
    /// <summary>
    /// Deploys and rollbacks over whatever platform, and the service levels they and the policy look at. Works with the metric source, code
    /// host, endpoint probe and recorders that are registered, and says what is missing. Needs <c>AddGuardrail</c>.
    /// </summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.GetSection(ServiceOptions.Section).GetChildren().Any(service => service.GetSection(nameof(ServiceOptions.Slos)).GetChildren().Any()))
        {
            services.RemoveAll<IErrorBudgetSource>();
            services.AddSingleton<IErrorBudgetSource, MeasuredErrorBudget>();
        }

        services.AddSingleton<IServiceLevels, MeasuredServiceLevels>();
        services.AddSingleton<ServiceFacts>();
        services.AddSingleton<ReviewedReadiness>();
        services.AddSingleton<PreflightCommand>();
        services.AddSingleton<GreenCommit>();
        services.AddSingleton<RolloutPlanner>();
        services.AddSingleton<Baseline>();
        services.AddSingleton<RolloutRecords>();
        services.AddSingleton<RolloutExecution>();
        services.AddSingleton<MachineCheck>();
        services.AddSingleton<EndpointChecks>();
        services.AddSingleton<SliWatch>();
        services.AddSingleton<RolloutVerification>();
        services.AddSingleton<IRollouts, RolloutEngine>();
        return services;
    }
}
