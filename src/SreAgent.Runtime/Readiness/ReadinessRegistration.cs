using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Runtime.Readiness.Trees;
using SreAgent.Runtime.Readiness.Waivers;

namespace SreAgent.Runtime.Readiness;

public static class ReadinessRegistration
{
    /// <summary>Reviews of production readiness over whatever tree. Needs <c>AddPersonas</c>.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services) =>
        services
            .AddSingleton(new ReadinessRules("0", []))
            .AddSingleton<QuestionJudge>()
            .AddSingleton<ReadinessReviewer>()
            .AddSingleton<IReadinessReviewer>(provider => new WaivingReviewer(provider.GetRequiredService<ReadinessReviewer>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ReviewGate>()
            .AddSingleton<IReviewRuns, ReviewRuns>()
            .AddSingleton<IReviewSubjects>(provider => new ReviewSubjects(provider.GetService<ILocalClones>(), provider.GetService<IRepositoryTrees>()));
}
