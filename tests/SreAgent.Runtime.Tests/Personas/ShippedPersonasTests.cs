using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class ShippedPersonasTests
{
    private static readonly PersonaCatalogue Shipped =
        new([new DocumentFolder(RepositoryRoot.Path("personas"), "shipped", MustExist: true)], TimeProvider.System);

    [Fact]
    public void Five_ship_and_every_dialect_is_among_them() =>
        Assert.Equal(
            [
                ("kai", "Kai", PersonaDialect.Agent), ("sre", "SRE", PersonaDialect.Role), ("sre-commander", "SRE_Commander", PersonaDialect.JobDescription),
                ("sre-engineer", "sre-engineer", PersonaDialect.Agent), ("sre-operator", "SRE operator", PersonaDialect.Lens),
            ],
            Shipped.All.Select(persona => (persona.Id, persona.Name, persona.Dialect)));

    [Fact]
    public void None_has_a_problem_of_its_own() => Assert.Empty(Shipped.Problems.SelectMany(report => report.Problems));

    [Fact]
    public void The_operator_owns_the_five_fixed_questions() =>
        Assert.Equal(["slo-observability", "failure-recovery", "upgrade", "dependencies", "on-call"], Of("sre-operator").MustAnswer.Select(question => question.Id));

    [Fact]
    public void The_fixed_ids_are_recognised_from_the_questions_words_alone() =>
        Assert.All(Of("sre-operator").MustAnswer, question => Assert.Equal(question.Id, MustAnswerReader.IdOf(question.Question)));

    [Fact]
    public void The_operator_has_its_priorities_and_failure_modes()
    {
        Assert.Equal(6, Of("sre-operator").Priorities.Count);
        Assert.Equal(4, Of("sre-operator").FailureModes.Count);
    }

    [Fact]
    public void Everybody_can_be_routed_to_and_from()
    {
        Assert.All(Shipped.All, persona => Assert.NotEmpty(persona.WhenToUse));
        Assert.All(Shipped.All, persona => Assert.NotEmpty(persona.WhenNotToUse));
        Assert.All(Shipped.All, persona => Assert.NotEmpty(persona.Handovers));
    }

    [Fact]
    public void Only_those_who_act_hold_tools_that_change_production() =>
        Assert.Equal(["sre", "sre-commander"], Shipped.All.Where(persona => Holds(persona, "alertmanager", "alertmanager_create_silence")).Select(persona => persona.Id));

    [Fact]
    public void Everybody_can_ask_prometheus() => Assert.All(Shipped.All, persona => Assert.True(Holds(persona, "prometheus", "prometheus_query")));

    [Fact]
    public void The_sre_works_by_its_three_skills() => Assert.Equal(["deploy-fly", "git-worktree", "github-issues"], Of("sre").Skills);

    [Fact]
    public void The_commander_has_three_personalities_and_recommends_five_servers()
    {
        Assert.Equal(["Firefighter", "Automator", "Capacity Planner"], Of("sre-commander").Modes.Select(mode => mode.Name));
        Assert.Equal(["prometheus", "grafana", "aws", "pagerduty", "terraform"], Of("sre-commander").RecommendedMcpServers.Select(server => server.Server));
        Assert.Equal(3, Of("sre-commander").ExamplePhrases.Count);
    }

    [Fact]
    public void The_engineer_hands_over_what_is_not_its_own() =>
        Assert.Superset(
            new HashSet<string>(["devops-incident-responder", "security-engineer", "database-administrator", "deployment-engineer", "platform-engineer", "cloud-architect"]),
            Of("sre-engineer").Handovers.Select(handover => handover.To).ToHashSet());

    [Theory]
    [InlineData("kai", "first person", "what is solid", "what is at risk", "blast radius", "London Stock Exchange", "Goldman Sachs", "Google", "Two Sigma", "RED", "USE")]
    [InlineData("sre-engineer", "43.2 minutes", "50 hours", "0.9856", "below 50 %", "below 25 %", "mandatory", "500 ms")]
    [InlineData("sre", "org/knowledge/architecture.md", "Engineering Director", "SDET", "blameless", "fly.toml")]
    [InlineData("sre-commander", "99.99 %", "SREL1005", "NOC", "10:00", "14:00", "CloudFormation")]
    public void Their_facts_are_there(string id, params string[] facts) => Assert.All(facts, fact => Assert.Contains(fact, Of(id).Instructions));

    // 30 days at a burn rate of 14.4 are spent after 30 * 24 / 14.4 hours, and the threshold is 1 - 14.4 * 0.001.
    [Fact]
    public void The_engineers_figures_add_up()
    {
        Assert.Equal(50, 30 * 24 / 14.4, 6);
        Assert.Equal(0.9856, 1 - (14.4 * 0.001), 6);
        Assert.Equal(43.2, 30 * 24 * 60 * 0.001, 6);
        Assert.DoesNotContain("5 days", Of("sre-engineer").Instructions);
    }

    private static Persona Of(string id) => Shipped.Find(id)!;

    private static bool Holds(Persona persona, string toolset, string tool) =>
        Pattern.MatchesAny(persona.ToolGrants, toolset) || Pattern.MatchesAny(persona.ToolGrants, tool);
}
