using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Host.Composition;
using SreAgent.Lab;
using SreAgent.Runtime.Tools;

namespace SreAgent.Host.Tests.Personas;

/// <summary>What the shipped personas and skills name, against every tool there is when everything is configured.</summary>
public sealed class ShippedGrantsTests : IDisposable
{
    private readonly ServiceProvider _services = Compose();

    private IReadOnlyList<Tool> Tools => _services.GetRequiredService<ToolCatalogue>().All;

    private IPersonaCatalogue Personas => _services.GetRequiredService<IPersonaCatalogue>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Whatever_a_skill_uses_exists_and_is_in_the_hands_of_the_sre()
    {
        var skills = _services.GetRequiredService<ISkillCatalogue>().All;
        Assert.NotEmpty(skills);

        var held = Held("sre").Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);

        Assert.All(skills, skill => Assert.Subset(held, skill.AllowedTools.ToHashSet(StringComparer.Ordinal)));
    }

    [Fact]
    public void Whatever_a_persona_is_granted_exists()
    {
        // Systems the commander would like to have, and this host has not.
        string[] wished = ["pagerduty", "aws", "terraform"];

        var unknown = Personas.All.SelectMany(persona => persona.ToolGrants)
            .Where(grant => !Tools.Any(tool => Pattern.MatchesAny([grant], tool.Name) || Pattern.MatchesAny([grant], tool.Toolset)));

        Assert.Empty(unknown.Except(wished, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("kai")]
    [InlineData("sre-engineer")]
    [InlineData("sre-operator")]
    public void Whoever_judges_looks_and_leaves_no_mark_but_a_review(string persona) =>
        Assert.All(Held(persona).Where(tool => tool.Name is not ("review_submit" or "review_publish")), tool => Assert.Equal(ToolEffect.Read, tool.Effect));

    [Fact]
    public void Only_the_operator_and_the_sre_publish_reviews() =>
        Assert.Equal(["sre", "sre-operator"], Personas.All.Where(persona => Held(persona.Id).Any(tool => tool.Name is "review_submit" or "review_publish")).Select(persona => persona.Id));

    [Fact]
    public void Only_the_sre_deploys_and_touches_repositories() =>
        Assert.Equal(["sre"], Personas.All.Where(persona => Held(persona.Id).Any(tool => tool.Name is "fly_deploy" or "fly_rollback" or "git_push_branch" or "git_push_protected_branch")).Select(persona => persona.Id));

    private IReadOnlyList<Tool> Held(string persona)
    {
        var grants = Personas.Find(persona)!.ToolGrants; // Shipped.
        return [.. Tools.Where(tool => Pattern.MatchesAny(grants, tool.Name) || Pattern.MatchesAny(grants, tool.Toolset))];
    }

    private static ServiceProvider Compose()
    {
        var endpoints = new[] { "prometheus", "alertmanager", "fly", "github", "grafana" }.Select((name, i) => new LabEndpoint(name, new Uri($"http://127.0.0.1:{4000 + i}/"), "practice-token"));
        var settings = LabSettings.For([.. endpoints, new LabEndpoint("git", new Uri("file:///tmp/repositories/"))], "/tmp/worktrees");
        return new ServiceCollection().AddSreAgent(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
    }
}
