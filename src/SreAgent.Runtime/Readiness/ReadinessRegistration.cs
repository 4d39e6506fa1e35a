using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness;

public static class ReadinessRegistration
{
    /// <summary>Reviews of production readiness over whatever tree. Needs <c>AddPersonas</c>.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services) =>
        services
            .AddSingleton(new ReadinessRules("0", []))
            .AddOperationalReaders()
            .AddSingleton<QuestionJudge>()
            .AddSingleton<IReadinessReviewer, ReadinessReviewer>();
}
