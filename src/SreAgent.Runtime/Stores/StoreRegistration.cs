using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Policy;
using SreAgent.Core.Readiness;
using SreAgent.Core.Schedules;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>Registers the store behind the core's ports.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Reads <c>Store</c>. Touches no disk: the file is opened by whoever first needs it. <see cref="StoreOptions.Problems"/> says
    /// what is wrong with the settings.
    /// </summary>
    public static IServiceCollection AddStore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(StoreOptions.From(configuration));
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IStoreProbe>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IChangeRequestStore, ChangeRequestStore>();
        services.AddSingleton<IChangeStepStore, ChangeStepStore>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<IConversationStore, ConversationStore>();
        services.AddSingleton<IResultStore, ResultStore>();
        services.AddSingleton<IKillSwitch, KillSwitch>();
        services.AddSingleton<IReviewStore, ReviewStore>();
        services.AddSingleton<IScheduleLedger, ScheduleLedger>();
        return services;
    }
}
