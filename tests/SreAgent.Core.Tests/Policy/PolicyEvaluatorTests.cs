using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Actors;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using static SreAgent.Core.Tests.Tools.ToolBuilder;

namespace SreAgent.Core.Tests.Policy;

public class PolicyEvaluatorTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ToolEffect.Read, PolicyVerdict.Allow, "reads-and-writes-allowed")]
    [InlineData(ToolEffect.Write, PolicyVerdict.Allow, "reads-and-writes-allowed")]
    [InlineData(ToolEffect.Change, PolicyVerdict.NeedsApproval, "changes-need-approval")]
    [InlineData(ToolEffect.Destructive, PolicyVerdict.NeedsApproval, "changes-need-approval")]
    [InlineData(ToolEffect.Unclassified, PolicyVerdict.Deny, "unclassified-effect")]
    [InlineData((ToolEffect)9, PolicyVerdict.Deny, "unclassified-effect")]
    [InlineData((ToolEffect)(-1), PolicyVerdict.Deny, "unclassified-effect")]
    public void Without_rules_the_effect_decides(ToolEffect effect, PolicyVerdict verdict, string rule)
    {
        var decision = Decide(Ask(effect));

        Assert.Equal((verdict, rule), (decision.Verdict, Assert.Single(decision.Rules)));
        Assert.NotEmpty(decision.Reason);
    }

    [Fact]
    public void Deny_wins_over_approval_and_allow()
    {
        var decision = Decide(Ask(ToolEffect.Read), Rule("a", PolicyVerdict.Allow), Rule("n", PolicyVerdict.NeedsApproval), Rule("d", PolicyVerdict.Deny));

        Assert.Equal((PolicyVerdict.Deny, "d"), (decision.Verdict, Assert.Single(decision.Rules)));
    }

    [Fact]
    public void Approval_wins_over_allow()
    {
        var decision = Decide(Ask(ToolEffect.Read), Rule("a", PolicyVerdict.Allow), Rule("n", PolicyVerdict.NeedsApproval));

        Assert.Equal((PolicyVerdict.NeedsApproval, "n"), (decision.Verdict, Assert.Single(decision.Rules)));
    }

    [Theory]
    [InlineData(ToolEffect.Change)]
    [InlineData(ToolEffect.Destructive)]
    public void No_rule_lets_a_change_through_unapproved(ToolEffect effect) =>
        Assert.Equal(PolicyVerdict.NeedsApproval, Decide(Ask(effect), Rule("a", PolicyVerdict.Allow)).Verdict);

    [Fact]
    public void An_allow_that_decides_is_named() => Assert.Equal(["a"], Decide(Ask(ToolEffect.Read), Rule("a", PolicyVerdict.Allow)).Rules);

    [Fact]
    public void All_denials_are_named_in_the_order_they_were_written() =>
        Assert.Equal(["d2", "d1"], Decide(Ask(), Rule("d2", PolicyVerdict.Deny), Rule("d1", PolicyVerdict.Deny)).Rules);

    [Fact]
    public void A_verdict_nobody_knows_denies() => Assert.Equal(PolicyVerdict.Deny, Decide(Ask(ToolEffect.Read), Rule("x", (PolicyVerdict)7)).Verdict);

    public static TheoryData<string, PolicyRule, bool> Conditions => new()
    {
        { "effect", Deny with { Effects = [ToolEffect.Change] }, true },
        { "other effect", Deny with { Effects = [ToolEffect.Read] }, false },
        { "tool", Deny with { Tools = ["fly_*"] }, true },
        { "other tool", Deny with { Tools = ["github_*"] }, false },
        { "environment", Deny with { Environments = ["prod*"] }, true },
        { "other environment", Deny with { Environments = ["staging"] }, false },
        { "persona", Deny with { Personas = ["operator"] }, true },
        { "other persona", Deny with { Personas = ["kai"] }, false },
        { "actor", Deny with { Actors = ["os:*"] }, true },
        { "other actor", Deny with { Actors = ["schedule:*"] }, false },
        { "argument", Deny with { Arguments = [new("app", ArgumentTest.Equals, ["checkout"])] }, true },
        { "one of two arguments", Deny with { Arguments = [new("app", ArgumentTest.Equals, ["checkout"]), new("force", ArgumentTest.Present, [])] }, false },
        { "freeze in force", Deny with { During = [Weekly(DayOfWeek.Friday)] }, true },
        { "freeze not in force", Deny with { During = [Weekly(DayOfWeek.Sunday)] }, false },
        { "one of two freezes", Deny with { During = [Weekly(DayOfWeek.Sunday), Weekly(DayOfWeek.Friday)] }, true },
        { "error budget", Deny with { ErrorBudget = ErrorBudgetState.Spent }, true },
        { "other error budget", Deny with { ErrorBudget = ErrorBudgetState.Unknown }, false },
        { "all but one", Deny with { Tools = ["fly_*"], Environments = ["production"], Personas = ["kai"] }, false },
        { "nothing", Deny, true },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_rule_matches_when_every_condition_it_states_matches(string condition, PolicyRule rule, bool matches) =>
        Assert.True(matches == (Decide(Ask(), rule).Verdict == PolicyVerdict.Deny), condition);

    [Fact]
    public void A_star_matches_a_missing_actor_persona_and_environment() =>
        Assert.Equal(
            PolicyVerdict.Deny,
            Decide(Ask() with { Actor = Actor.Missing, Persona = "", Environment = "" }, Deny with { Actors = ["*"], Personas = ["*"], Environments = ["*"] }).Verdict);

    [Theory]
    [InlineData(ToolEffect.Read, PolicyVerdict.Allow)]
    [InlineData(ToolEffect.Write, PolicyVerdict.Deny)]
    [InlineData(ToolEffect.Change, PolicyVerdict.Deny)]
    [InlineData(ToolEffect.Destructive, PolicyVerdict.Deny)]
    [InlineData(ToolEffect.Unclassified, PolicyVerdict.Deny)]
    public void The_kill_switch_leaves_reads(ToolEffect effect, PolicyVerdict verdict) =>
        Assert.Equal(verdict, PolicyEvaluator.Decide(Policy(Rule("a", PolicyVerdict.Allow)) with { KillSwitch = true }, Ask(effect) with { Overridden = true }).Verdict);

    [Fact]
    public void A_denial_that_may_be_lifted_says_so_and_lifted_it_still_takes_an_approval()
    {
        var freeze = Deny with { Overridable = true };

        Assert.True(Decide(Ask(), freeze).Overridable);
        var lifted = Decide(Ask() with { Overridden = true }, freeze);
        Assert.Equal((PolicyVerdict.NeedsApproval, "deny"), (lifted.Verdict, Assert.Single(lifted.Rules)));
        Assert.Equal(PolicyVerdict.NeedsApproval, Decide(Ask(ToolEffect.Write) with { Overridden = true }, freeze).Verdict);
    }

    [Fact]
    public void An_override_lifts_nothing_that_may_not_be_lifted()
    {
        PolicyRule[] both = [Deny with { Overridable = true }, Rule("firm", PolicyVerdict.Deny)];

        Assert.False(Decide(Ask(), both).Overridable);
        Assert.Equal(["firm"], Decide(Ask() with { Overridden = true }, both).Rules);
    }

    [Fact]
    public void Whatever_the_rules_say_changes_are_never_allowed_and_a_firm_denial_stands()
    {
        var rules = (from verdict in Gen.Choose(-1, 4)
                     from overridable in ArbMap.Default.GeneratorFor<bool>()
                     from tools in Gen.Elements("*", "fly_*", "nothing")
                     from effect in Gen.Choose(0, 5)
                     select Rule($"r{verdict}", (PolicyVerdict)verdict) with { Overridable = overridable, Tools = [tools], Effects = effect == 5 ? [] : [(ToolEffect)effect] }).ListOf();
        var questions = from effect in Gen.Choose(-1, 6)
                        from overridden in ArbMap.Default.GeneratorFor<bool>()
                        select Ask((ToolEffect)effect) with { Overridden = overridden };

        Prop.ForAll(rules.ToArbitrary(), questions.ToArbitrary(), (some, question) =>
        {
            var decision = Decide(question, [.. some]);
            var firm = some.Any(rule => rule.Verdict == PolicyVerdict.Deny && !rule.Overridable && rule.Tools[0] != "nothing"
                && (rule.Effects.Count == 0 || rule.Effects.Contains(question.Tool.Effect)));
            return (decision.Verdict != PolicyVerdict.Allow || question.Tool.Effect is ToolEffect.Read or ToolEffect.Write)
                && (!firm || (decision.Verdict == PolicyVerdict.Deny && !decision.Overridable))
                && decision.Rules.Count > 0 && decision.Reason.Length > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static PolicyRule Deny => Rule("deny", PolicyVerdict.Deny);

    private static PolicyRule Rule(string name, PolicyVerdict verdict) => new() { Name = name, Verdict = verdict, Reason = $"Because {name}." };

    private static Freeze Weekly(DayOfWeek day) =>
        new() { Name = "weekly", TimeZone = TimeZoneInfo.Utc, Weekly = new WeeklySpan(day, TimeOnly.MinValue, (DayOfWeek)(((int)day + 1) % 7), TimeOnly.MinValue) };

    private static PolicyQuestion Ask(ToolEffect effect = ToolEffect.Change) => new()
    {
        Tool = Tool(effect),
        Arguments = Arguments("""{"app":"checkout"}"""),
        Environment = "production",
        Persona = "operator",
        Actor = new Actor("os:ada", Surface.Terminal, IsHuman: true),
        Now = Friday,
        ErrorBudget = ErrorBudgetState.Spent,
    };

    private static GuardrailPolicy Policy(params PolicyRule[] rules) => new()
    {
        Version = "p1",
        Rules = rules,
        Environments = new Dictionary<string, EnvironmentPolicy>(StringComparer.Ordinal),
        DefaultEnvironment = "production",
    };

    private static PolicyDecision Decide(PolicyQuestion question, params PolicyRule[] rules) => PolicyEvaluator.Decide(Policy(rules), question);
}
