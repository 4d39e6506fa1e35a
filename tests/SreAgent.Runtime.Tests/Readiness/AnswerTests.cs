using SreAgent.Core.Readiness;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Tests.Readiness.Signals;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>How much of what is read answers a question, by the shipped rules.</summary>
public sealed class AnswerTests
{
    private const string Rolling = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  strategy: { type: RollingUpdate }\n";
    private const string Deploys = "jobs:\n  deploy:\n    steps:\n      - run: kubectl apply -f k8s\n";
    private const string Publishes = "jobs:\n  images:\n    steps:\n      - run: docker push shop/cart\n";
    private const string Runbook = "# Cart\n\n## Errors rise\n\n1. Check the error log for timeouts.\n2. Restart the workers.\n";

    [Fact]
    public void A_rolling_update_alone_is_no_upgrade_procedure() => Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.Upgrade, ("k8s/cart.yaml", Rolling)));

    [Fact]
    public void A_pipeline_that_deploys_says_nothing_about_stored_state() => Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.Upgrade, (".github/workflows/main.yml", Deploys), ("k8s/cart.yaml", Rolling)));

    [Fact]
    public void A_delivery_that_is_tried_before_production_takes_the_risk_out_of_it() =>
        Assert.Equal(Verdict.Answered, Answer(MustAnswerReader.Upgrade, (".github/workflows/main.yml", "jobs:\n  staging:\n    environment: staging\n    steps: [{ run: flyctl deploy }]\n  live:\n    needs: staging\n    environment: production\n    steps: [{ run: flyctl deploy }]\n")));

    [Fact]
    public void A_health_check_of_the_platform_shows_how_health_is_seen() =>
        Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.SloObservability, ("manifest.yml", "applications:\n  - name: cart\n    health-check-http-endpoint: /up\n")));

    [Theory]
    [InlineData("alarm_actions = [aws_sns_topic.alarms.arn]", Verdict.Partly)]
    [InlineData("threshold = 5", Verdict.Missing)]
    [InlineData("alarm_actions = []", Verdict.Missing)]
    [InlineData("alarm_actions = [aws_sns_topic.alarms.arn]\n  actions_enabled = false", Verdict.Missing)]
    public void An_alarm_that_tells_somebody_is_part_of_being_on_call(string attribute, Verdict verdict) =>
        Assert.Equal(verdict, Answer(MustAnswerReader.OnCall, ("main.tf", $"resource \"aws_cloudwatch_metric_alarm\" \"errors\" {{\n  metric_name = \"Errors\"\n  {attribute}\n}}\n")));

    [Theory]
    [InlineData("", Verdict.Partly)]
    [InlineData("      ActionsEnabled: false\n", Verdict.Missing)]
    public void An_alarm_of_a_stack_that_is_switched_off_tells_nobody(string more, Verdict verdict) =>
        Assert.Equal(verdict, Answer(MustAnswerReader.OnCall, ("stack.yaml", $"Resources:\n  Errors:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      MetricName: Errors\n      AlarmActions: [topic]\n{more}")));

    [Fact]
    public void An_alert_that_does_not_say_whom_it_tells_finds_nobody() =>
        Assert.Equal(Verdict.Missing, Answer(MustAnswerReader.OnCall, ("main.tf", "resource \"grafana_rule_group\" \"cart\" {\n  rule {\n    name = \"Errors\"\n    condition = \"B\"\n  }\n}\n")));

    [Theory]
    [InlineData("If the database is down, orders wait in the outbox.", Verdict.Answered)]
    [InlineData("The cart is hosted on Heroku.", Verdict.Partly)]
    [InlineData("The cart could be hosted on Heroku.", Verdict.Missing)]
    public void An_outage_that_is_told_names_what_is_needed_as_the_place_it_runs_in_does(string sentence, Verdict verdict) =>
        Assert.Equal(verdict, Reviewed.Question(MustAnswerReader.Dependencies, $"# Cart\n\n## Operation\n\n{sentence}\n").Verdict);

    [Fact]
    public void A_pipeline_and_migrations_with_a_way_back_answer_how_it_is_upgraded() =>
        Assert.Equal(Verdict.Answered, Answer(MustAnswerReader.Upgrade, (".github/workflows/main.yml", Deploys), ("db/migrate/20260101000000_a.rb", "class A\n  def change\n    add_column :t, :c, :string\n  end\nend\n")));

    [Theory]
    [InlineData("RollingUpdate", Verdict.Answered)]
    [InlineData("Recreate", Verdict.Partly)]
    public void A_pipeline_and_migrations_answer_it_where_a_few_get_a_version_before_all(string strategy, Verdict verdict) =>
        Assert.Equal(verdict, Answer(MustAnswerReader.Upgrade, (".github/workflows/main.yml", Deploys), ("k8s/cart.yaml", Rolling.Replace("RollingUpdate", strategy, StringComparison.Ordinal)), ("migrations/2026_07_carts.sql", "ALTER TABLE carts ADD COLUMN owner text;\n")));

    [Fact]
    public void A_team_that_is_told_and_sent_on_to_a_runbook_is_on_call() =>
        Assert.Equal(Verdict.Answered, Answer(MustAnswerReader.OnCall, ("CODEOWNERS", "* @shop/carts\n"), ("infra/alarms.ts", "alarm.addAlarmAction(new SnsAction(topic))\n"), ("README.md", "# Cart\n\n## Runbook\n\nSee the [runbook](https://wiki.example.org/cart).\n")));

    [Fact]
    public void A_migration_without_a_way_back_is_a_part_of_it() =>
        Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.Upgrade, ("migrations/2026_07_carts.sql", "ALTER TABLE carts ADD COLUMN owner text;\n")));

    [Theory]
    [InlineData("After an upgrade, carts of the old version remain readable.", SubQuestionState.Answered)]
    [InlineData("Existing carts are not affected by the new default.", SubQuestionState.Answered)]
    [InlineData("Carts keep their prices during downgrades.", SubQuestionState.Answered)]
    [InlineData("An older server ignores fields of newer clients.", SubQuestionState.Answered)]
    [InlineData("It should be smooth.", SubQuestionState.Open)]
    public void What_becomes_of_what_exists_is_a_story_of_compatibility(string text, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part("upgrade", "compatibility", $"# Cart\n\n## Upgrade and downgrade\n\n{text}\n", "docs/upgrading.md").State);

    [Fact]
    public void Published_versions_and_a_changelog_are_a_part_of_it() =>
        Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.Upgrade, (".github/workflows/main.yml", Publishes), ("CHANGELOG.md", "## 2.0.0\n\n- The old flag is gone (breaking).\n\n## 1.0.0\n\n- The first.\n")));

    [Fact]
    public void Deprecations_told_by_version_are_a_story_of_compatibility() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("upgrade", "compatibility", "# Upgrading\n\n## Deprecations\n\n- `Cart.add` is deprecated, use `Cart.put` until 3.0.\n", "docs/upgrading.md").State);

    [Fact]
    public void A_setting_that_must_never_be_made_in_production_keeps_no_risk_down() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("upgrade", "risk", "# Cart\n\n## Deployment\n\nThis should never be set in a staging or production deployment.\n").State);

    [Theory]
    [InlineData("## Updating the infrastructure\n\nCheck out the version you want to apply.", SubQuestionState.Answered)]
    [InlineData("## Updating the documentation\n\nInstall the new version of the theme.", SubQuestionState.Open)]
    [InlineData("## Deployment\n\nChange the patches file to the latest tag.", SubQuestionState.Answered)]
    [InlineData("## Validator\n\nA rollback is done by a pipeline with the revision to go back to.", SubQuestionState.Answered)]
    [InlineData("## Rollout\n\nRollout is done by starting the jobs of the wanted percentage.", SubQuestionState.Answered)]
    public void A_new_version_is_put_in_place_under_many_headings(string text, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part("upgrade", "procedure", $"# Cart\n\n{text}\n").State);

    [Fact]
    public void Upgrading_packages_of_an_image_upgrades_no_service() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("upgrade", "procedure", "# Images\n\n## Deployment\n\nThe last stage must run `microdnf upgrade` to patch it.\n", "docs/images.md").State);

    [Theory]
    [InlineData("CODEOWNERS", "* @shop/carts\n", "docs/runbooks/errors.md", Runbook, nameof(Verdict.Answered))]
    [InlineData("CODEOWNERS", "* @shop/carts\n", "src/alarm.py", "post(\"https://events.pagerduty.com/v2/enqueue\")\n", nameof(Verdict.Answered))]
    [InlineData("CODEOWNERS", "* @shop/carts\n", "docs/dev.md", "# Cart\n\nSee the [runbook](sizes-runbook.md) for sizes.\n", nameof(Verdict.Partly))]
    [InlineData("CODEOWNERS", "* @shop/carts\n", "docs/sizes-runbook.md", "# Sizes\n\n| Setting | Value |\n|---|---|\n| Workers | 2 |\n", nameof(Verdict.Partly))]
    [InlineData("docs/support.md", "# Support\n\nAsk the stock team in #stock.\n", "docs/runbooks/errors.md", Runbook, nameof(Verdict.Partly))]
    public void Two_of_a_pager_a_runbook_and_an_owner_answer_who_is_on_call(string path, string text, string other, string otherText, string verdict) =>
        Assert.Equal(verdict, Answer(MustAnswerReader.OnCall, (path, text), (other, otherText)).ToString());

    [Fact]
    public void Help_for_those_who_install_it_is_no_runbook() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("on-call", "runbook", "# Cart\n\n## Troubleshooting\n\nIf it does not compile, remove the lock file and run it again.\n").State);

    [Theory]
    [InlineData("Pagelet manages on-call schedules and escalation policies.")]
    [InlineData("Pagelet is a self-hosted monitoring tool.")]
    public void What_a_product_for_paging_does_for_its_users_is_not_who_is_paged_for_it(string introduction)
    {
        var readme = $"# Pagelet\n\n{introduction}\n\n## Operations\n\nThe primary team is paged by the escalation policy of its on-call schedule.\n";

        Assert.Equal(SubQuestionState.Open, Reviewed.Part("on-call", "rota", readme).State);
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("on-call", "rota", readme.Replace(introduction, "Keeps carts.", StringComparison.Ordinal)).State);
    }

    [Theory]
    [InlineData("Long texts are shown by the pager, page by page.")]
    [InlineData("Escalating privileges is refused by the policy of the team.")]
    public void A_word_of_another_trade_is_no_rota(string text) => Assert.Equal(SubQuestionState.Open, Reviewed.Part("on-call", "rota", $"# Cart\n\n## Operations\n\n{text}\n").State);

    [Theory]
    [InlineData("A crate is owned by one or more users or teams.")]
    [InlineData("Owner: allows full access to the project.")]
    public void What_users_may_own_says_nothing_about_who_owns_it(string text) => Assert.Equal(SubQuestionState.Open, Reviewed.Part("on-call", "owner", $"# Cart\n\n## Operations\n\n{text}\n").State);

    [Fact]
    public void What_speaks_of_production_is_cited_first()
    {
        var review = Review(MustAnswerReader.Dependencies, ("chart/values-dev.yaml", "env:\n  STOCK_API_URL: https://dev\n"), ("chart/values-prod.yaml", "env:\n  STOCK_API_URL: https://live\n"));

        Assert.Equal("chart/values-prod.yaml", review.Evidence[0].Path);
    }

    [Fact]
    public void The_newest_migrations_are_cited()
    {
        var review = Review(MustAnswerReader.Upgrade, ("migrations/1_a.up.sql", "create table a();\n"), ("migrations/1_a.down.sql", "drop table a;\n"), ("migrations/2_b.up.sql", "create table b();\n"), ("migrations/2_b.down.sql", "drop table b;\n"));

        Assert.Equal("migrations/2_b.up.sql", review.Evidence[0].Path);
    }

    [Theory]
    [InlineData("## Services consumed by this\n\n- [Stock](https://status.stock.example/)", SubQuestionState.Answered)]
    [InlineData("## See also\n\n- [Stock](https://status.stock.example/)", SubQuestionState.Open)]
    [InlineData("## Overview\n\nPersistence is provided by a PostgreSQL database.", SubQuestionState.Answered)]
    [InlineData("## Architecture\n\nEach order is written to Pub/Sub.", SubQuestionState.Answered)]
    public void What_it_needs_may_be_linked_or_told_in_passing(string text, SubQuestionState state) =>
        Assert.Equal(state, Reviewed.Part("dependencies", "needs", $"# Cart\n\n{text}\n").State);

    [Fact]
    public void A_script_that_fails_is_nothing_it_depends_on() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("dependencies", "degraded", "# Cart\n\n## Operation\n\nIf the above step fails, you may have to remove the line, or it will not work.\n").State);

    [Fact]
    public void A_hint_may_stand_behind_what_it_is_about() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("dependencies", "degraded", "# Cart\n\n## Dependency failure\n\nFor each of the services below describe what still works while it is down.\n").State);

    [Fact]
    public void Somebody_logging_in_sees_nothing_of_how_it_works() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part("slo-observability", "observation", "# Cart\n\nThese are set by logging in to the site:\n\n- The branch it should look after instead of the default\n").State);

    [Fact]
    public void A_setting_that_takes_an_address_names_what_it_needs() =>
        Assert.Equal(SubQuestionState.Answered, Reviewed.Part("dependencies", "needs", "# Cart\n\n## Configuration\n\n- `--stock-url` - The URL of the stock service to query (default: `http://localhost`)\n").State);

    [Fact]
    public void Messages_kept_apart_say_nothing_about_what_users_see_meanwhile() =>
        Assert.Equal(Verdict.Partly, Answer(MustAnswerReader.Dependencies, ("main.tf", "resource \"aws_sqs_queue\" \"carts\" {\n  redrive_policy = jsonencode({ maxReceiveCount = 3 })\n}\n")));

    private static Verdict Answer(string question, params (string Path, string Text)[] files) => Review(question, files).Verdict;

    private static QuestionReview Review(string question, params (string Path, string Text)[] files)
    {
        var statements = files.SelectMany(file => (IEnumerable<Statement>)[.. Reviewed.Statements(file.Text, file.Path), .. WrittenRepository.Statements(file.Path, file.Text)]).ToList();
        for (var at = 0; at < statements.Count; at++)
        {
            // Whether a way back is there is settled once the whole tree is known.
            if (statements[at].Fields.TryGetValue("undoneBy", out var undo))
            {
                statements[at] = statements[at] with { Fields = new Dictionary<string, string>(statements[at].Fields, StringComparer.Ordinal) { ["reversible"] = files.Any(file => file.Path == undo) ? "true" : "false" } };
            }
        }

        return new QuestionJudge(Reviewed.Shipped.Rules).Judge(Reviewed.Questions.Single(asked => asked.Id == question), statements);
    }
}
