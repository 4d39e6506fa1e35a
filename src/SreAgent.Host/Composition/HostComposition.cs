using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host.Commands;
using SreAgent.Host.Commands.Documents;
using SreAgent.Host.Terminal;
using SreAgent.Integrations.Alertmanager;
using SreAgent.Integrations.Endpoints;
using SreAgent.Integrations.Fly;
using SreAgent.Integrations.Git;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.Grafana;
using SreAgent.Integrations.Prometheus;
using SreAgent.Lab;
using SreAgent.Lab.Scenarios;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Readiness;
using SreAgent.Runtime.Readiness.PullRequests;
using SreAgent.Runtime.Readiness.Tools;
using SreAgent.Runtime.Rollouts;
using SreAgent.Runtime.Stores;

namespace SreAgent.Host.Composition;

/// <summary>What the program is made of, one line a part. Nothing here connects to anything.</summary>
internal static class HostComposition
{
    internal static IServiceCollection AddSreAgent(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(configuration)
            .AddSingleton(TimeProvider.System)
            .AddHostLogging(configuration)
            .AddStore(configuration)
            .AddPersonas(configuration)
            .AddGuardrail(configuration)
            .AddConversations(configuration)
            .AddChat(configuration)
            .AddRollouts(configuration)
            .AddReadiness(configuration)
            .AddReviewTools(configuration)
            .AddPrometheus(configuration)
            .AddAlertmanager(configuration)
            .AddFly(configuration)
            .AddGitHub(configuration)
            .AddGrafana(configuration)
            .AddGit(configuration)
            .AddPullRequestReviews()
            .AddEndpoints()
            .AddTerminal(configuration)
            .AddSingleton(new HostPersona(CommandLinePersona.Value))
            .AddSingleton<KnownNamesSource>()
            .AddSingleton<IPersonaFileCheck, PersonaFileCheck>()
            .AddSingleton<ISkillFileCheck, SkillFileCheck>()
            .AddSingleton(provider => ModelInUseOf(provider.GetRequiredService<ChatModel>()));

    /// <summary>Composes when a verb first needs services, saying on standard error what takes long.</summary>
    public static Func<HostArguments, IServiceProvider> ComposeOn(IConsoleIo console) =>
        arguments => ComposeAsync(arguments, waitsForSamples: AsksAtOnce(arguments.Verb, console), new ErrorLines(console), CancellationToken.None)
            .GetAwaiter().GetResult();

    /// <summary>
    /// Reads the settings and composes. Opens or joins the practice world when asked, or when nothing is configured and somebody wants to talk.
    /// </summary>
    /// <param name="arguments">What the command line decided.</param>
    /// <param name="waitsForSamples">A practice world opened here is handed over only when it has something to tell.</param>
    /// <param name="progress">Is told what is being started.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="SettingsException">Settings cannot be read.</exception>
    public static async Task<IServiceProvider> ComposeAsync(
        HostArguments arguments, bool waitsForSamples, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var settings = HostSettings.Read(new Dictionary<string, string?>(StringComparer.Ordinal));
        var lab = await LabForAsync(arguments, HostSettings.NamesASystem(settings), waitsForSamples, progress, cancellationToken);
        if (lab is not null)
        {
            settings = HostSettings.Read(lab.Settings);
        }

        var services = new ServiceCollection().AddSreAgent(settings);
        if (lab is not null)
        {
            services.AddSingleton(_ => lab);
        }

        var provider = services.BuildServiceProvider();
        try
        {
            SettingsChecks.Demand(provider);
        }
        catch
        {
            await (lab?.DisposeAsync() ?? ValueTask.CompletedTask);
            await provider.DisposeAsync();
            throw;
        }

        // Resolved once, so that the container ends it with everything else.
        _ = lab is null ? null : provider.GetRequiredService<LabSession>();
        return provider;
    }

    private static ModelInUse ModelInUseOf(ChatModel model) => new(model.Name, model.IsBuiltIn, model.Because);

    private static async Task<LabSession?> LabForAsync(
        HostArguments arguments, bool namesASystem, bool waitsForSamples, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (arguments.Lab == false || (arguments.Lab is null && namesASystem))
        {
            return null;
        }

        if (LabSession.Attach() is { } running)
        {
            progress.Report("Joined the practice world another terminal runs.");
            return running;
        }

        if (arguments.Lab != true && !OpensTheLab(arguments.Verb))
        {
            return null;
        }

        var scenario = ScenarioCatalogue.Default;
        var opening = arguments.Lab == true ? "Opening the practice world" : "No system is configured, so this opens the practice world";
        progress.Report($"{opening}, scenario {scenario.Name}: {scenario.Story}");
        return await LabSession.StartAsync(new PracticeOptions { Scenario = scenario }, waitsForSamples, progress, cancellationToken);
    }

    /// <summary>Verbs of somebody who wants to talk; the others say what is missing instead of starting servers.</summary>
    private static bool OpensTheLab(string verb) => verb is "chat" or "ask";

    /// <summary>A person at a terminal, or an MCP client, has its first question later than Prometheus has its first samples; others ask at once.</summary>
    private static bool AsksAtOnce(string verb, IConsoleIo console) => verb != "mcp" && (verb != "chat" || console.Terminal is null);

    /// <summary>Writes at once and in order, which the framework's progress does not.</summary>
    private sealed class ErrorLines(IConsoleIo console) : IProgress<string>
    {
        public void Report(string value) => console.Error.WriteLine(value);
    }
}
