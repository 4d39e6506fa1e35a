using SreAgent.Core.Catalogue;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Testing;

/// <summary>The instructions as the product composes them, over a test's own skills and services.</summary>
public static class ShippedPrompt
{
    public static ISystemPrompt Over(ISkillCatalogue skills, IServiceCatalogue services) =>
        new PromptComposer(new PromptFragments([RepositoryRoot.Path("prompts")]), skills, services);
}
