using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What states an objective, and what only looks like one.</summary>
public sealed class ObjectiveRuleTests
{
    [Theory]
    [InlineData("docs/slo.md", SubQuestionState.Answered)]
    [InlineData("docs/incident-reports/2026-01-02.md", SubQuestionState.Open)]
    public void A_report_of_an_outage_promises_nothing(string path, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part("slo-observability", "objective", "# Checkout\n\n## Availability\n\nThe success rate never dropped below 97% of requests.\n", path).State);

    private const string Question = "slo-observability";

    [Theory]
    [InlineData("## Service level objectives\n\n99.9 % of requests succeed within 300 ms, over 30 days.")]
    [InlineData("## SLOs\n\n| SLO | Target |\n| --- | --- |\n| Availability | 99.95 % |")]
    [InlineData("## Reliability\n\nAt least 99.5 % of requests must succeed.")]
    [InlineData("### What are the SLOs?\n\nThe same as those of the gateway.")]
    public void A_target_with_a_number_is_an_objective(string text) => Assert.Equal(SubQuestionState.Answered, State(text));

    [Theory]
    [InlineData("## Alerts\n\nFires when more than 5 % of requests fail.")]
    [InlineData("## Operations\n\nAutoscaling begins above 70 % of CPU requests.")]
    [InlineData("## Operations\n\nThe canary gets 10 % of requests at most.")]
    [InlineData("## Operations\n\nIf your availability target is 99.9 % you should pay for a second region.")]
    [InlineData("## Operations\n\nFor example, 99.9 % of requests within 300 ms is a good target.")]
    [InlineData("## Error budget\n\nSuppose 99.9 % of your requests succeed: the budget is 0.1 %.")]
    [InlineData("## Operations\n\nThe recovery time objective is at most 4 hours.")]
    [InlineData("## Support\n\nAll browsers with > 1 % usage.")]
    [InlineData("### Why are there no SLOs?\n\nBecause 99 % of requests succeed anyway.")]
    [InlineData("### How do I write an SLO?\n\nName it, and set its target to 99 %.")]
    public void An_alarm_s_threshold_an_example_and_advice_are_none(string text) => Assert.Equal(SubQuestionState.Open, State(text));

    [Theory]
    [InlineData("# Budgeteer\n\nA monitoring tool for everybody.")]
    [InlineData("# Budgeteer\n\n## Introduction\n\nIt generates your SLOs.")]
    [InlineData("# Objectives exporter\n\nReads objectives from a ledger.")]
    public void What_a_product_promises_for_the_services_of_others_is_no_promise_of_its_own(string introduction)
    {
        Assert.NotEqual(Verdict.Answered, Reviewed.Question(Question, $"{introduction}\n\n## SLOs\n\n99.9 % of requests succeed, measured by the ratio of errors.").Verdict);
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part(Question, "objective", $"{introduction}\n\n## SLOs of the service itself\n\n99.9 % of requests succeed.").State);
    }

    [Fact]
    public void Of_such_a_product_what_it_shows_still_makes_the_question_partly_answered() =>
        Assert.Equal(Verdict.Partly, Reviewed.Question(Question, "# Prober\n\nA monitoring tool.\n\n## Metrics\n\nMetrics are exposed at /metrics.").Verdict);

    [Fact]
    public void A_library_runs_within_others_and_has_nothing_to_observe() =>
        Assert.Equal(Verdict.Missing, Reviewed.Question(Question, "# Fetch\n\nFetch is a Python package for calling services.\n\n## Monitoring\n\nCounters are exposed to Prometheus by your program.").Verdict);

    [Fact]
    public void A_list_the_product_s_name_announces_is_what_it_does_for_others() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "objective", "# SLO Generator\n\nIt reads.\n\n## Description\n\nThe SLO Generator computes:\n\n- **Error budget** as what is left of 99.9 % of requests").State);

    [Theory]
    [InlineData("## Monitoring\n\n<https://grafana.example.com/d/cart>")]
    [InlineData("## Monitoring\n\n- Production: <https://status.example.com/cart>")]
    public void Where_one_looks_is_how_it_is_observed(string text) =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part(Question, "observation", $"# Cart\n\n{text}").State);

    private static SubQuestionState State(string text) => Reviewed.Part(Question, "objective", $"# Cart\n\n{text}").State;
}
