using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;

namespace SreAgent.Core.Tests.Readiness.Findings;

public class FindingRulesTests
{
    [Fact]
    public void One_replica_is_a_single_point_of_failure() =>
        Assert.Equal(("single-point-of-failure", FindingSeverity.High, 7), Told(Only([State(StatementKind.Redundancy, "k8s/cart.yaml", ("replicas", "1"), ("service", "cart"))])));

    [Fact]
    public void One_replica_that_an_autoscaler_raises_is_none() =>
        Assert.Empty(Found([State(StatementKind.Redundancy, "k8s/cart.yaml", ("replicas", "1"), ("service", "cart")), State(StatementKind.Redundancy, "k8s/hpa.yaml", ("min", "2"), ("max", "5"), ("service", "cart"))]));

    [Theory]
    [InlineData("overlays/dev/cart.yaml")]
    [InlineData("values-staging.yaml")]
    [InlineData("k8s/local/cart.yaml")]
    public void One_replica_where_people_try_things_is_none(string path) =>
        Assert.Empty(Found([State(StatementKind.Redundancy, path, ("replicas", "1"), ("service", "cart"))]));

    [Fact]
    public void A_backup_nobody_restored_from_is_told() =>
        Assert.Equal("untested-recovery", Only([State(StatementKind.Backup, "backup.tf", ("what", "ledger"), ("retention", "7"))]).Id);

    [Theory]
    [InlineData("The restore is tested every quarter into an empty account.")]
    [InlineData("We rehearse restoring the backup on the first Monday of each month.")]
    public void A_backup_whose_restore_is_tested_is_not(string prose) =>
        Assert.Empty(Found([State(StatementKind.Backup, "backup.tf", ("what", "ledger"), ("retention", "7")), Say(prose)]));

    [Fact]
    public void A_database_that_keeps_no_backup_loses_data() =>
        Assert.Equal(("no-backup", FindingSeverity.Critical, 7), Told(Only([State(StatementKind.Redundancy, "db.tf", ("service", "ledger"), ("backup", "none"))])));

    [Fact]
    public void Alerts_of_one_file_without_a_runbook_are_one_finding()
    {
        var finding = Only(
        [
            State(StatementKind.AlertRule, "rules.yaml", ("name", "A"), ("severity", "page"), ("expr", "up == 0")),
            State(StatementKind.AlertRule, "rules.yaml", ("name", "B"), ("severity", "warning"), ("expr", "up == 0")),
            State(StatementKind.AlertRule, "rules.yaml", ("name", "C"), ("severity", "page"), ("expr", "up == 0"), ("runbook", "https://wiki.example/c")),
            State(StatementKind.AlertRule, "rules.yaml", ("name", "D"), ("severity", "info"), ("expr", "up == 0")),
            State(StatementKind.AlertRule, "rules.yaml", ("name", "Watchdog"), ("severity", "none"), ("expr", "vector(1)")),
        ]);

        Assert.Equal(("alert-without-runbook", "2 of 3 alerts (A, B) lead to no runbook; give each a link to what to check and what to do."), (finding.Id, finding.Message));
    }

    [Theory]
    [InlineData("docs/runbooks/gone.md", true)]
    [InlineData("docs/runbooks/cart.md", false)]
    [InlineData("docs/runbooks/cart.md#steps", false)]
    [InlineData("https://wiki.example/runbooks/gone.md", false)]
    [InlineData("/runbooks/on-our-site", false)]
    [InlineData("{{ $externalURL }}/x.md", false)]
    [InlineData("../../../etc/passwd.md", false)]
    public void A_runbook_link_into_the_repository_leads_somewhere_or_is_told(string link, bool isDead) =>
        Assert.Equal(isDead, Found([State(StatementKind.RunbookLink, "rules.yaml", ("link", link), ("alert", "A"))], "docs/runbooks/cart.md").Count == 1);

    [Fact]
    public void A_migration_that_loses_data_and_has_no_way_back_is_the_worse_one()
    {
        var findings = Found(
        [
            State(StatementKind.Migration, "db/1.sql", ("name", "1.sql"), ("reversible", "false"), ("destroys", "drops a table")),
            State(StatementKind.Migration, "other/1.sql", ("name", "1.sql"), ("reversible", "false")),
            State(StatementKind.Migration, "third/1.sql", ("name", "1.sql"), ("reversible", "true"), ("destroys", "drops a table")),
        ]);

        Assert.Equal([("db/1.sql", FindingSeverity.High), ("other/1.sql", FindingSeverity.Medium)], findings.Select(finding => (finding.Path!, finding.Severity)));
    }

    [Theory]
    [InlineData("The cart is highly available and never loses an order.", true)]
    [InlineData("Run three replicas if the cart should be highly available.", false)]
    public void A_claim_wants_a_number(string prose, bool isTold) =>
        Assert.Equal(isTold, Found([Say(prose)]).Count == 1);

    [Fact]
    public void A_claim_beside_an_objective_is_fine() =>
        Assert.Empty(Found([Say("The cart is highly available."), State(StatementKind.SloObjective, "slo.yaml", ("objective", "99.9"))]));

    [Theory]
    [InlineData("The old instance is stopped manually after the switch.", "Deploying", true)]
    [InlineData("The old instance is stopped manually with `fly machine stop`.", "Deploying", false)]
    [InlineData("Dates are entered manually.", "Usage", false)]
    [InlineData("You may have to run the job manually from the dashboard.", "Deploying", false)]
    public void A_step_by_hand_wants_its_commands(string prose, string under, bool isTold) =>
        Assert.Equal(isTold, Found([Say(prose) with { Under = [under] }]).Count == 1);

    [Fact]
    public void The_most_severe_come_first() =>
        Assert.Equal(
            [FindingSeverity.Critical, FindingSeverity.High, FindingSeverity.Medium],
            Found(
            [
                State(StatementKind.AlertRule, "rules.yaml", ("name", "A"), ("severity", "page"), ("expr", "up")),
                State(StatementKind.Redundancy, "k8s/cart.yaml", ("replicas", "1"), ("service", "cart")),
                State(StatementKind.ExposedSecret, "config.yaml", ("secret", "password")),
            ]).Select(finding => finding.Severity));

    private static (string, FindingSeverity, int) Told(Finding finding) => (finding.Id, finding.Severity, finding.Line!.Value);

    private static Finding Only(Statement[] statements) => Assert.Single(Found(statements));

    private static IReadOnlyList<Finding> Found(Statement[] statements, params string[] paths) =>
        FindingRules.Find(statements, new SourceListing([.. paths.Select(path => new SourceEntry(path, 1))], []));

    private static Statement Say(string prose) => new() { Kind = StatementKind.Prose, At = new Citation("README.md", 7, 7, prose), Text = prose.Replace("`", "", StringComparison.Ordinal) };

    private static Statement State(StatementKind kind, string path, params (string Name, string Value)[] facts) => new()
    {
        Kind = kind,
        At = new Citation(path, 7, 7, "x"),
        Text = "x",
        Fields = facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
    };
}
