using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Trees;

namespace SreAgent.Runtime.Readiness;

public static class ReadinessRegistration
{
    /// <summary>Reviews of production readiness over whatever tree. Needs <c>AddPersonas</c>.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services) =>
        services
            .AddSingleton(new ReadinessRules("0", []))
            .AddSingleton<QuestionJudge>()
            .AddSingleton<IReadinessReviewer, ReadinessReviewer>()
            .AddSingleton<IReviewRuns, ReviewRuns>()
            .AddSingleton<IReviewSubjects>(provider => new ReviewSubjects(provider.GetService<ILocalClones>(), provider.GetService<IRepositoryTrees>()));
}
