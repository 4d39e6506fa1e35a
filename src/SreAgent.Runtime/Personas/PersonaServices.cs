using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Prompts;
using SreAgent.Runtime.Skills;

namespace SreAgent.Runtime.Personas;

/// <summary>Wires personas, skills and prompts.</summary>
public static class PersonaServices
{
    /// <summary>
    /// Reads <c>Personas:Folders</c> and <c>Skills:Folders</c> (lists of folders, later ones override earlier ones by id; <c>~/</c> is the
    /// home folder) and <c>Prompts:Folder</c> (fragments that take the place of shipped ones of the same name).
    /// </summary>
    public static IServiceCollection AddPersonas(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var personas = configuration.GetSection("Personas:Folders").Get<string[]>() ?? [];
        var skills = configuration.GetSection("Skills:Folders").Get<string[]>() ?? [];
        var prompts = configuration["Prompts:Folder"];

        services.AddSingleton(provider => new PersonaCatalogue(DocumentFolder.Ordered("personas", "Personas", personas), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPersonaCatalogue>(provider => provider.GetRequiredService<PersonaCatalogue>());
        services.AddSingleton(provider => new SkillCatalogue(DocumentFolder.Ordered("skills", "Skills", skills), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISkillCatalogue>(provider => provider.GetRequiredService<SkillCatalogue>());
        services.AddSingleton<IToolset>(provider => new SkillTools(provider.GetRequiredService<ISkillCatalogue>()));
        services.AddSingleton(provider => new PromptComposer(
            new PromptFragments(PromptFolders(prompts)), provider.GetRequiredService<ISkillCatalogue>(), provider.GetRequiredService<IServiceCatalogue>()));
        services.AddSingleton<ISystemPrompt>(provider => provider.GetRequiredService<PromptComposer>());
        return services;
    }

    private static string[] PromptFolders(string? configured)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "prompts");
        return string.IsNullOrWhiteSpace(configured)
            ? [shipped]
            : [shipped, DocumentFolder.FullPath(configured, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))];
    }
}
