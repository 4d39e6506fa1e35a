using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Readiness.Readers;
using SreAgent.Runtime.Readiness.Rules;

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
        return services
            .AddSingleton(_ => new RulesReading(Folders(folder)))
            .AddSingleton<ISettingsCheck>(provider => provider.GetRequiredService<RulesReading>())
            .AddSingleton(provider => provider.GetRequiredService<RulesReading>().Rules)
            .AddOperationalReaders()
            .AddSingleton<QuestionJudge>()
            .AddSingleton<IStatementReader, MarkdownStatementReader>()
            .AddSingleton<IStatementReader, AsciiDocStatementReader>()
            .AddSingleton<IStatementReader, PlainTextStatementReader>()
            .AddSingleton<IReadinessReviewer, ReadinessReviewer>();
    }

    private static string[] Folders(string? configured)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "prompts", "readiness");
        return string.IsNullOrWhiteSpace(configured)
            ? [shipped]
            : [shipped, DocumentFolder.FullPath(configured, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))];
    }
}
