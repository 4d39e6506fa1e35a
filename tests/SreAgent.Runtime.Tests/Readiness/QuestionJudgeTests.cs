using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What answers a question and what does not, by the shipped rules.</summary>
public sealed class QuestionJudgeTests
{
    [Theory]
    [InlineData("An SLO will be defined before launch.")]
    [InlineData("We plan to add SLOs.")]
    [InlineData("TBD")]
    [InlineData("Describe the objective and its window.")]
    [InlineData("This section must be completed before launch. At least one target with a number is needed.")]
    public void A_promise_or_a_hint_is_no_evidence(string text)
    {
        var review = Reviewed.Question("slo-observability", $"# Cart\n\n## Service level objectives\n\n{text}");
        Assert.Equal(Verdict.Missing, review.Verdict);
        Assert.Empty(review.Evidence);
    }

    [Theory]
    [InlineData("Describe how to\n\n- detect the failure, with its symptoms in logs and metrics\n- disable the feature when it breaks\n")]
    [InlineData("If applicable, how is a failure found? Make sure this is in the test plan.")]
    [InlineData("How the first line team can resolve issues when the system fails.")]
    public void What_a_template_asks_of_its_author_answers_nothing(string text) =>
        Assert.All(Reviewed.Document($"# Cart\n\n## Support procedures\n\n{text}"), review => Assert.Equal(Verdict.Missing, review.Verdict));

    [Theory]
    [InlineData("This section describes how it is rolled back. Run `make rollback` to go back to the previous release.")]
    [InlineData("Feel free to call somebody. Run `make rollback` to go back to the previous release.")]
    [InlineData("If applicable, warn the shop. Run `make rollback` to go back to the previous release.")]
    public void A_paragraph_that_speaks_of_itself_or_to_an_operator_is_no_hint(string text) =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("failure-recovery", "way-back", $"# Cart\n\n## Rollback\n\n{text}\n").State);

    [Fact]
    public void What_is_still_to_be_done_answers_nothing() =>
        Assert.All(Reviewed.Document("# Cart\n\n## Operations\n\n### Action items\n\n- Restore the backup and run the migration before the deploy to production.\n"), review => Assert.Equal(Verdict.Missing, review.Verdict));

    [Fact]
    public void A_form_that_a_hint_announces_is_filled_in() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("failure-recovery", "failure-modes", "# Cart\n\n## Failure modes\n\nFor each of them fill in the following:\n\n- Detection: pods crash and restart when the queue is full\n").State);

    [Fact]
    public void Numbered_sections_of_a_titled_page_speak_for_themselves() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("failure-recovery", "response", "# Pricing rules\n\n## Design details\n\n### 4\n\nCheck the logs of the pricing pods.\n", "docs/pricing.md").State);

    [Theory]
    [InlineData("### Upgrade strategy\n\nN/A", Verdict.Partly)]
    [InlineData("## Upgrade strategy\n\n### Single-node deployments\n\nNot applicable", Verdict.Missing)]
    [InlineData("## Deployments\n\nNot applicable", Verdict.Missing)]
    public void A_bare_refusal_speaks_of_the_heading_it_stands_under_and_of_what_that_asks(string text, Verdict verdict) =>
        Assert.Equal(verdict, Reviewed.Question("upgrade", $"# Cart\n\n{text}").Verdict);

    [Fact]
    public void A_gap_says_where_it_is_only_promised() =>
        Assert.Contains("README.md:5 only puts it off.", Reviewed.Question("slo-observability", "# Cart\n\n**What is the SLO?**\n\nAn SLO will be defined before launch.").Gaps[0], StringComparison.Ordinal);

    [Fact]
    public void A_gap_names_the_file_it_would_best_go_into()
    {
        IReadOnlyList<Statement> both = [.. Reviewed.Statements("It answers pong."), .. Reviewed.Statements("Restart it.", "docs/runbook.md")];
        var review = new QuestionJudge(Reviewed.Shipped.Rules).Judge(Reviewed.Questions[4], both);
        Assert.All(review.Gaps.Take(1), gap => Assert.Contains("in docs/runbook.md", gap, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reason_why_it_does_not_apply_counts_and_is_shown()
    {
        var part = Reviewed.Part("upgrade", "procedure", "# Cart\n\n### How is it upgraded?\n\nNot applicable because pages hold no state and are replaced as a whole.");
        Assert.Equal(SubQuestionState.Declined, part.State);
        Assert.Contains("hold no state", part.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_on_a_page_that_does_not_apply_declines_nothing() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("on-call", "owner", "# Runbook of the balancer\n\n## Backend services\n\nThe time-out of a backend service does not apply, it is fixed at sixty minutes.").State);

    [Fact]
    public void A_bare_refusal_makes_it_partly_answered_and_is_asked_for_its_reason()
    {
        var review = Reviewed.Question("upgrade", "# Cart\n\n### How is it upgraded?\n\nN/A");
        Assert.Equal(Verdict.Partly, review.Verdict);
        Assert.Contains("not why", review.Gaps[0], StringComparison.Ordinal);
        Assert.Equal(5, Assert.Single(review.Evidence).Line);
    }

    [Fact]
    public void No_is_an_answer_to_whether_it_depends_on_anything() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("dependencies", "needs", "# Cart\n\n### Does it depend on other services?\n\nNo.").State);

    [Fact]
    public void No_is_no_answer_to_what_the_objective_is() =>
        Assert.Equal(Verdict.Missing, Reviewed.Question("slo-observability", "# Cart\n\n### What is the SLO?\n\nNo.").Verdict);

    [Fact]
    public void No_runbook_is_no_runbook() =>
        Assert.Equal(Verdict.Missing, Reviewed.Question("on-call", "# Cart\n\n## Operations\n\nThere is no runbook and no on-call rota.").Verdict);

    [Fact]
    public void An_answer_to_another_question_is_none_to_this_one() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("slo-observability", "objective", "# Cart\n\n### Will it make anything slower that is covered by existing SLOs?\n\nIt may slightly increase the latency of writes.").State);

    [Fact]
    public void What_a_product_does_for_others_is_not_how_it_is_run() =>
        Assert.All(Reviewed.Document("# Canary Monitor\n\nMonitors your services and pages your on-call rotation.\n\n## Features\n\n- Rolls back a bad release of your service.\n- Objectives such as 99.9 % of requests succeed."), review => Assert.NotEqual(Verdict.Answered, review.Verdict));

    [Fact]
    public void The_name_of_the_product_says_nothing() =>
        Assert.Equal(Verdict.Missing, Reviewed.Question("upgrade", "# Rolling Upgrade Operator\n\nIt watches objects and reconciles them.\n\n## Rolling Upgrade Operator objects\n\nEach has a name and a version.").Verdict);

    [Theory]
    [InlineData("## Upgrade process\n\nEach node is drained, upgraded and checked before the next one.", SubQuestionState.Open)]
    [InlineData("## Upgrading the operator\n\nApply the new manifest; the old replica stays until the new one is ready.", SubQuestionState.Answered)]
    public void A_product_that_upgrades_others_has_to_say_that_it_means_itself(string document, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part("upgrade", "procedure", $"# Fleet Upgrade Operator\n\n{document}").State);

    [Fact]
    public void Plans_and_alternatives_are_not_how_it_is_run() =>
        Assert.Equal(Verdict.Missing, Reviewed.Question("failure-recovery", "# Cart\n\n## Alternatives\n\nIf the database is lost we could restore the last backup and requests would fail until then.").Verdict);

    [Theory]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/adr/0007-rollback.md")]
    [InlineData("vendor/lib/README.md")]
    public void Files_that_are_about_something_else_answer_nothing(string path) =>
        Assert.Equal(Verdict.Missing, Reviewed.Question("failure-recovery", "# Cart\n\n## Rollback\n\nRun `make rollback` to restore the previous release.", path).Verdict);

    [Fact]
    public void The_best_places_are_cited_and_no_more_than_three_a_part()
    {
        var steps = string.Concat(Enumerable.Range(1, 9).Select(step => $"{step}. Restart worker {step}.\n"));
        Assert.Equal(3, Reviewed.Part("failure-recovery", "way-back", $"# Cart\n\n## Recovery\n\n{steps}").Evidence.Count);
    }

    [Fact]
    public void A_structured_statement_answers_outright()
    {
        var rule = new Statement { Kind = StatementKind.SloObjective, At = new Citation("slo.yaml", 3, 3, "objective: 99.9"), Text = "99.9 % of requests succeed over 30 days." };
        var review = new QuestionJudge(Reviewed.Shipped.Rules).Judge(Reviewed.Questions[0], [rule]);
        Assert.Equal(Verdict.Answered, review.Verdict);
        Assert.Equal("slo objective", Assert.Single(review.Evidence).Kind);
    }

    [Theory]
    [InlineData("# Cart\n\n## Data retention\n\nPersonal data is deleted after 30 days by a nightly job.", Verdict.Answered)]
    [InlineData("Old data is deleted, and the retention is thirty days for personal records.", Verdict.Partly)]
    [InlineData("It answers pong.", Verdict.Missing)]
    public void A_question_without_rules_is_judged_by_its_own_words(string document, Verdict verdict) =>
        Assert.Equal(verdict, Reviewed.Question(new MustAnswer("privacy", "How long is the retention of personal data?"), document).Verdict);
}
