using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Readiness.Readers;
using SreAgent.Runtime.Readiness.Rules;
using SreAgent.Runtime.Readiness.Trees;
using SreAgent.Runtime.Readiness.Waivers;

namespace SreAgent.Runtime.Readiness;

public static class ReadinessRegistration
{
    /// <summary>
    /// Reviews of production readiness over whatever tree. Reads <c>Readiness:RulesFolder</c>: a folder of rules that take the place of shipped ones
    /// with the same id, or add to them. Needs <c>AddPersonas</c>.
    /// </summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var folder = configuration["Readiness:RulesFolder"];
        if (!string.IsNullOrWhiteSpace(folder))
        {
            // The shipped rules are read when something is reviewed; every start of the program would pay for them.
            services.AddSingleton<ISettingsCheck>(provider => provider.GetRequiredService<RulesReading>());
        }

        return services
            .AddSingleton(_ => new RulesReading(Folders(folder)))
            .AddSingleton(provider => new Lazy<QuestionJudge>(() => new QuestionJudge(provider.GetRequiredService<RulesReading>().Usable())))
            .AddOperationalReaders()
            .AddSingleton<IStatementReader, MarkdownStatementReader>()
            .AddSingleton<IStatementReader, AsciiDocStatementReader>()
            .AddSingleton<IStatementReader, PlainTextStatementReader>()
            .AddSingleton<ReadinessReviewer>()
            .AddSingleton<IReadinessReviewer>(provider => new WaivingReviewer(provider.GetRequiredService<ReadinessReviewer>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ReviewGate>()
            .AddSingleton<IReviewRuns, ReviewRuns>()
            .AddSingleton<IReviewSubjects>(provider => new ReviewSubjects(provider.GetService<ILocalClones>(), provider.GetService<IRepositoryTrees>()));
    }

    private static string[] Folders(string? configured)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "prompts", "readiness");
        return string.IsNullOrWhiteSpace(configured)
            ? [shipped]
            : [shipped, DocumentFolder.FullPath(configured, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))];
    }
}
