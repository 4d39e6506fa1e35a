using SreAgent.Core.Readiness;
using SreAgent.Runtime.Tests.Readiness.Signals;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What tells how it fails and is recovered.</summary>
public sealed class RecoveryRuleTests
{
    private const string Question = "failure-recovery";

    [Theory]
    [InlineData("incidents/2024-02-28.md", "# Images were gone\n\n## Root cause\n\nThe object store went offline in one region.")]
    [InlineData("docs/faq.md", "# Questions\n\n### What do I do if memory is high?\n\nRestart the workers, then add one.")]
    [InlineData("docs/errors.md", "# Cart\n\n## Troubleshooting\n\nWhen the queue is stuck, consumers fail.\n\nIf a job crashes, the orders get errors.")]
    [InlineData("docs/risks.md", "# Cart\n\n- **Lost leader**\n  - Detection: the gauge of leaders is zero")]
    [InlineData("docs/runbooks/burn.md", "# CartBudgetBurn\n\n## Meaning\n\nThe cart answers too many requests with errors.")]
    [InlineData("docs/runbook.md", "# Cart\n\n### Keeper quorum lost\n\n```sh\nkubectl delete pod keeper-2\n```")]
    [InlineData("docs/runbooks/queue.md", "# Queue runbook\n\n## Smoke test\n\nIf no groups are listed, something is wrong.")]
    [InlineData("docs/rollback.md", "# Rollback runbook\n\n## When to roll back\n\n- The error rate is above 1% of requests.")]
    [InlineData("docs/operations.md", "# Cart\n\n## Incidents\n\nSometimes the checkout is broken and answers with an error.")]
    [InlineData("README.md", "# Cart\n\n## Item 3\n\nThere are no other known failure modes.")]
    [InlineData("README.md", "# Cart\n\n## Limitations\n\nFalls back to the old prices when the service fails.")]
    [InlineData("README.md", "# Cart\n\n## Implementation\n\n### In case of an outage\n\nIf the leader is lost, followers stop until one is elected.")]
    [InlineData("monitoring/README.md", "# Cart\n\n## Panels\n\nIf the queue is stuck, orders may be lost.")]
    public void A_way_it_fails_is_told(string path, string text) => Assert.Equal(SubQuestionState.Answered, Reviewed.Part(Question, "failure-modes", text, path).State);

    [Theory]
    [InlineData("# Cart\n\n## Error codes\n\nInline field errors.")]
    [InlineData("# Cart\n\n## Impact on availability\n\nNo impact: it does not introduce an endpoint that may fail.")]
    [InlineData("# Cart\n\n## Troubleshooting the build\n\nIf the build fails, clean the cache.")]
    [InlineData("# Cart\n\n### What happens if it is enabled again?\n\nNothing special.")]
    public void What_does_not_happen_and_a_developer_s_trouble_are_no_ways_it_fails(string text) =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "failure-modes", text).State);

    [Theory]
    [InlineData("docs/queue.md", SubQuestionState.Answered)]
    [InlineData(".tools/prompts/queue.md", SubQuestionState.Open)]
    [InlineData("docs/.drafts/queue.md", SubQuestionState.Open)]
    [InlineData("docs/.drafts/a/.queue.md", SubQuestionState.Open)]
    [InlineData("app/views/queue.md", SubQuestionState.Open)]
    public void What_tools_and_pages_of_the_product_are_told_is_not_how_it_is_run(string path, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part(Question, "response", "# Cart\n\n## Runbook\n\nRestart the workers.", path).State);

    [Theory]
    [InlineData("# Cart\n\n## Runbook\n\nRestart the workers.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Runbook\n\nIf latency is high, check the database.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Item 9\n\nCheck the controller logs and the status of the nodes.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Item 9\n\nRead the logs to determine why it is failing.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Emergency disabling\n\nRemove the address of the validator when it rejects too much.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Production runbook\n\nSet `WORKERS` to the number of cores.", SubQuestionState.Open)]
    [InlineData("# Cart\n\n## Troubleshooting\n\nTry `cargo clean` and `npm install` when compiling fails.", SubQuestionState.Open)]
    [InlineData("# Cart\n\nIf validation fails:\n\n- The old settings stay.", SubQuestionState.Open)]
    public void A_response_is_something_an_operator_does(string text, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, "response", text).State);

    [Theory]
    [InlineData("# Cart\n\n## Item 7\n\nThe feature can be disabled by setting the feature flag to false.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Item 7\n\nIn an incident, turn off recommendations by setting `CART_RECOMMEND=0`.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Settings\n\nYou can easily disable the footer via a variable.", SubQuestionState.Open)]
    public void What_is_switched_off_is_a_way_back_where_something_fails_or_a_feature_goes(string text, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part(Question, "way-back", text).State);

    [Fact]
    public void A_product_behind_a_notice_is_still_known_by_its_introduction() =>
        Assert.NotEqual(Verdict.Answered, Reviewed.Question(Question, "# Update: Keeper is in maintenance mode\n\nThere will be no new features.\n\n## Keeper\n\nKeeper backs up your databases.\n\n## Recovery\n\nIf your database fails, restore it by running keeper restore.\n\n## Failure modes\n\nWhen the disk is full, backups fail.").Verdict);

    [Fact]
    public void A_product_that_backs_up_others_does_not_tell_of_its_own_recovery_by_its_features() =>
        Assert.NotEqual(Verdict.Answered, Reviewed.Question(Question, "# Keeper\n\nKeeper backs up your databases.\n\n## Recovery\n\nIf your database fails, restore it by running keeper restore.\n\n## Failure modes\n\nWhen the disk is full, backups fail.").Verdict);

    [Fact]
    public void What_users_frequently_ask_of_such_a_product_is_not_about_the_product() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "way-back", "# Shift\n\nShift brings progressive delivery to clusters.\n\n## FAQ\n\n### How does rollback work?\n\nIt restores the previous release of your workload.").State);

    [Fact]
    public void What_is_disabled_by_default_is_no_way_back() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "way-back", "# Cart\n\nSome collectors are disabled by default for these reasons:\n\n- They cost much memory").State);

    [Fact]
    public void Sentences_are_cited_before_single_words() =>
        Assert.Equal([9, 5], Reviewed.Part(Question, "way-back", "# Cart\n\n## Rollback type\n\nPartiallyAutomated\n\n## Rollback\n\nDeploy the previous release by its tag.").Evidence.Select(at => at.Line));

    [Theory]
    [InlineData("k8s/a.yaml", "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: cart\nspec:\n  minAvailable: 1\n", Verdict.Partly)]
    [InlineData("k8s/a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\nspec:\n  replicas: 3\n", Verdict.Partly)]
    [InlineData("k8s/a.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: cart\nspec:\n  replicas: 1\n", Verdict.Missing)]
    [InlineData("pkg/a.go", "func f() {\n\tlog.Errorf(\"cannot reach the ledger, will retry: %v\", err)\n}\n", Verdict.Partly)]
    [InlineData("pkg/a.go", "// it will retry\nfunc f() {}\n", Verdict.Missing)]
    [InlineData("main.tf", "resource \"aws_db_instance\" \"cart\" {\n  backup_retention_period = 7\n}\n", Verdict.Partly)]
    [InlineData("alerts.yaml", "groups:\n  - name: cart\n    rules:\n      - alert: Down\n        expr: up == 0\n", Verdict.Partly)]
    public void What_notices_or_survives_a_failure_makes_it_partly_answered(string path, string text, Verdict verdict) =>
        Assert.Equal(verdict, Judged(WrittenRepository.Statements(path, text)).Verdict);

    [Fact]
    public void Backups_alone_are_no_way_back_and_a_restore_job_is()
    {
        var backup = WrittenRepository.Statements("main.tf", "resource \"aws_db_instance\" \"cart\" {\n  backup_retention_period = 7\n}\n");
        var restore = WrittenRepository.Statements(".github/workflows/restore.yml", "name: Restore database from backup\njobs:\n  restore:\n    steps:\n      - run: ./bring-back\n");

        Assert.Equal(SubQuestionState.Open, Part(backup, "way-back"));
        Assert.Equal(SubQuestionState.Answered, Part(restore, "way-back"));
    }

    [Fact]
    public void Alerts_that_lead_to_instructions_name_how_it_fails_and_what_is_done() =>
        Assert.Equal(Verdict.Answered, Judged(WrittenRepository.Statements("alerts.yaml", "groups:\n  - name: cart\n    rules:\n      - alert: QueueStuck\n        expr: age > 600\n        annotations:\n          runbook_url: https://wiki/queue\n")).Verdict);

    [Theory]
    [InlineData("README.md", "# Cart\n\n## Troubleshooting\n\nIf the token is refused, the login fails.\n\nCheck the logs for errors.", Verdict.Partly)]
    [InlineData("docs/runbooks/login.md", "# Login runbook\n\n## Meaning\n\nThe login fails.\n\n## Troubleshooting\n\nCheck the logs for errors.", Verdict.Answered)]
    [InlineData("docs/queue.md", "# Queue\n\n## Failure modes\n\nIf a worker crashes, jobs are lost.\n\n## Recovery\n\nRestore the queue from its snapshot.", Verdict.Answered)]
    public void Where_to_look_is_no_recovery_outside_a_runbook(string path, string text, Verdict verdict) => Assert.Equal(verdict, Reviewed.Question(Question, text, path).Verdict);

    [Fact]
    public void A_drill_of_disaster_recovery_tells_how_it_is_recovered() =>
        Assert.Equal(Verdict.Answered, Reviewed.Question(Question, "# Disaster recovery testing\n\n## Loss of the database\n\n### Restore the database\n\n- Run the [restore workflow](https://git.example/restore.yml).", "docs/disaster-recovery.md").Verdict);

    [Fact]
    public void What_is_tried_again_by_itself_is_a_way_back() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part(Question, "way-back", "# Failure modes\n\n## Publishing fails\n\n- The dispatcher retries publication with backoff.", "docs/failure-modes.md").State);

    private static QuestionReview Judged(IReadOnlyList<Statement> statements) => new QuestionJudge(Reviewed.Shipped.Rules).Judge(Reviewed.Questions[1], statements);

    private static SubQuestionState Part(IReadOnlyList<Statement> statements, string part) => Judged(statements).Parts.Single(review => review.Id == part).State;
}
