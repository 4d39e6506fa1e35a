using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.PullRequests;

public static class PullRequestRegistration
{
    /// <summary>Reviews of pull requests and the tool that publishes them, where a code host has been registered: to be called after it. Needs <c>AddReadiness</c>.</summary>
    public static IServiceCollection AddPullRequestReviews(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(IPullRequests)))
        {
            return services;
        }

        services.AddSingleton<IPullRequestReviews>(provider => new PullRequestReviews(
            provider.GetRequiredService<IPullRequests>(), provider.GetRequiredService<IRepositoryTrees>(), provider.GetRequiredService<IReviewRuns>(),
            provider.GetRequiredService<IReadinessReviewer>(), new ChangeReader(provider.GetServices<IStatementReader>()), provider.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues));
        if (services.Any(service => service.ServiceType == typeof(IReviewPublisher)))
        {
            services.AddSingleton<IToolset>(provider => new ReviewPublishTools(
                provider.GetRequiredService<IPullRequestReviews>(), provider.GetRequiredService<IReviewPublisher>(), provider.GetRequiredService<IPersonaCatalogue>()));
        }

        return services;
    }
}
