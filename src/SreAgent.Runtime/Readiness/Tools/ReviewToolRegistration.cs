using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.Tools;

public static class ReviewToolRegistration
{
    /// <summary>The tools <c>review_run</c>, <c>review_submit</c> and <c>review_history</c>. Reads <c>Reviews:Roots</c>. Needs <c>AddReadiness</c> and a store.</summary>
    public static IServiceCollection AddReviewTools(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var roots = new ReviewRoots(configuration, Directory.GetCurrentDirectory());
        return services
            .AddSingleton<ISettingsCheck>(roots)
            .AddSingleton<IToolset>(provider => new ReviewTools(
                provider.GetRequiredService<IReviewRuns>(), provider.GetRequiredService<IReviewSubjects>(), provider.GetRequiredService<IReviewStore>(),
                provider.GetRequiredService<IPersonaCatalogue>(), roots, provider.GetService<IPullRequestReviews>()));
    }
}
