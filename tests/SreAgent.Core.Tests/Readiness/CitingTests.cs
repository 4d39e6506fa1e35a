using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;

namespace SreAgent.Core.Tests.Readiness;

/// <summary>The three citations of a part are the most telling ones.</summary>
public sealed class CitingTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Always = new Dictionary<string, IReadOnlyList<string>>();

    [Fact]
    public void One_of_each_sort_comes_before_the_second_of_any() =>
        Assert.Equal(["alerts.yaml:1", "dash.json:1", "alerts.yaml:2"], Cited(
            [new KindRule(StatementKind.AlertRule, Always), new KindRule(StatementKind.Dashboard, Always)],
            Alert("alerts.yaml", 1), Alert("alerts.yaml", 2), Alert("alerts.yaml", 3), Stated(StatementKind.Dashboard, "dash.json", 1)));

    [Fact]
    public void What_the_rules_put_last_comes_after_prose() =>
        Assert.Equal(["README.md:9", "main.rs:1"], Cited([new KindRule(StatementKind.Telemetry, Always) { Last = true }], Stated(StatementKind.Telemetry, "main.rs", 1), Prose("Metrics are collected.", 9)));

    [Fact]
    public void What_runs_on_somebody_s_own_machine_comes_last() =>
        Assert.Equal(["k8s/a.yaml:1", "README.md:9", "docker-compose.yml:1"], Cited([new KindRule(StatementKind.HealthCheck, Always)],
            Stated(StatementKind.HealthCheck, "docker-compose.yml", 1), Stated(StatementKind.HealthCheck, "k8s/a.yaml", 1), Prose("Metrics are collected.", 9)));

    [Theory]
    [InlineData("3", SubQuestionState.Answered)]
    [InlineData("1", SubQuestionState.Open)]
    [InlineData("templated", SubQuestionState.Open)]
    public void A_rule_may_ask_for_more_than_a_number(string replicas, SubQuestionState state)
    {
        var rule = new KindRule(StatementKind.Redundancy, new Dictionary<string, IReadOnlyList<string>> { ["replicas"] = [">1"] });
        Assert.Equal(state, Part([rule], [], Stated(StatementKind.Redundancy, "a.yaml", 1) with { Fields = new Dictionary<string, string> { ["replicas"] = replicas } }).State);
    }

    private static IEnumerable<string> Cited(KindRule[] kinds, params Statement[] statements) =>
        Part(kinds, [new ProseRule { Says = [["metrics"]], Anywhere = true }], statements).Evidence.Select(at => $"{at.Path}:{at.Line}");

    private static SubQuestionReview Part(KindRule[] kinds, ProseRule[] prose, params Statement[] statements)
    {
        var rules = new QuestionRules("q") { Parts = [new SubQuestionRules("p", "it", "Write it.") { Kinds = kinds, Prose = prose }], Answered = [["p"]] };
        return new QuestionJudge(new ReadinessRules("1", [rules])).Judge(new MustAnswer("q", "Is it?"), statements).Parts[0];
    }

    private static Statement Alert(string path, int line) => Stated(StatementKind.AlertRule, path, line);

    private static Statement Stated(StatementKind kind, string path, int line) => new() { Kind = kind, At = new Citation(path, line, line, "x") { Kind = kind.ToString() }, Text = "x" };

    private static Statement Prose(string text, int line) => new() { Kind = StatementKind.Prose, At = new Citation("README.md", line, line, text), Text = text, Under = ["Cart"] };
}
