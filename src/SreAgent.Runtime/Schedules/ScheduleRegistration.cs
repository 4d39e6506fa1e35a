using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Code;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Core.Schedules;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Schedules;

public static class ScheduleRegistration
{
    /// <summary>Scheduled reviews from the settings. Needs <c>AddGuardrail</c>, <c>AddPersonas</c> and <c>AddStore</c>; nothing runs before <see cref="ReviewScheduler.ServeAsync"/>.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(ReviewScheduleOptions.Section);
        if (!section.Exists())
        {
            return services.AddSingleton(new ReviewSchedules(new Dictionary<string, ReviewScheduleOptions>(StringComparer.Ordinal)));
        }

        var schedules = new ReviewSchedules(section.Get<Dictionary<string, ReviewScheduleOptions>>() ?? []);
        return services
            .AddSingleton(schedules)
            .AddSingleton<ISettingsCheck>(schedules)
            .AddSingleton<IReviewRunner>(provider => new ReviewRunner(
                provider.GetRequiredService<IToolInvoker>(), provider.GetRequiredService<IPersonaCatalogue>(), provider.GetRequiredService<IScheduleLedger>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetService<IRepositoryDirectory>()))
            .AddSingleton<ReviewScheduler>();
    }
}
