using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using static SreAgent.Core.Tests.Readiness.PullRequests.Reviewed;

namespace SreAgent.Core.Tests.Readiness.PullRequests;

public class ProductionImpactTests
{
    [Fact]
    public void A_migration_without_a_way_back_weighs_more_than_one_with()
    {
        var back = Statement(StatementKind.Migration, "Adds a column.", "migrations/8.sql", 1, ("name", "8"), ("reversible", "true"));
        var none = Statement(StatementKind.Migration, "Rewrites a table.", "migrations/9.sql", 1, ("name", "9"), ("reversible", "false"));
        var lost = Statement(StatementKind.Migration, "Drops a table.", "migrations/10.sql", 1, ("name", "10"), ("reversible", "true"), ("destroys", "drops a table"));

        Assert.Equal(
            ["migration-irreversible High migrations/10.sql:1", "migration-irreversible High migrations/9.sql:1", "migration-added Medium migrations/8.sql:1"], Of(Change("migrations", [], [back, none, lost])));
    }

    [Fact]
    public void An_alert_that_only_moved_to_another_file_is_not_removed()
    {
        var alert = Alert(("severity", "page"));

        Assert.Empty(Of(Change("a.yaml", [alert], []), Change("b.yaml", [], [alert with { At = alert.At with { Path = "b.yaml" } }])));
        Assert.Equal(["alert-removed High rules.yaml:4"], Of(Change("a.yaml", [alert], [])));
    }

    [Theory]
    [InlineData("severity", "page", "ticket", true)]
    [InlineData("severity", "warning", "critical", false)]
    [InlineData("for", "5m", "1h", true)]
    [InlineData("for", "1h", "5m", false)]
    [InlineData("expr", "rate(errors[5m]) > 0.01", "rate(errors[5m]) > 0.5", true)]
    [InlineData("expr", "rate(errors[5m]) > 0.5", "rate(errors[5m]) > 0.01", false)]
    [InlineData("expr", "up < 1", "up < 0.5", true)]
    [InlineData("expr", "up < 1", "down > 2", false)]
    public void An_alert_is_loosened_when_it_fires_later_or_for_fewer(string field, string before, string after, bool loosened) =>
        Assert.Equal(loosened, Of(Change("rules.yaml", [Alert((field, before))], [Alert((field, after))])).Any(line => line.StartsWith("alert-loosened", StringComparison.Ordinal)));

    [Fact]
    public void An_alert_that_loses_its_runbook_is_told() =>
        Assert.Equal(["runbook-removed Medium rules.yaml:4"], Of(Change("rules.yaml", [Alert(("runbook", "docs/x.md"))], [Alert()])));

    [Theory]
    [InlineData("99.9", "99", "slo-loosened Medium slo.yaml:2")]
    [InlineData("99", "99.9", "slo-tightened Low slo.yaml:2")]
    [InlineData("0.999", "99.9", null)]
    public void An_objective_goes_up_or_down(string before, string after, string? told)
    {
        var (was, now) = (Slo(before), Slo(after));

        Assert.Equal(told is null ? [] : [told], Of(Change("slo.yaml", [was], [now])));
    }

    [Fact]
    public void What_keeps_it_up_is_missed_when_it_is_gone_and_not_when_it_is_worded_anew()
    {
        var probe = Statement(StatementKind.HealthCheck, "checkout is probed at /healthz.", "deploy.yaml", 8, ("service", "checkout"), ("path", "/healthz"));
        var other = Statement(StatementKind.HealthCheck, "shop is probed at /ready.", "deploy.yaml", 8, ("service", "shop"), ("path", "/ready"));

        Assert.Equal(["health-check-removed High deploy.yaml:8"], Of(Change("deploy.yaml", [probe], [])));
        Assert.Empty(Of(Change("deploy.yaml", [probe], [other])));
    }

    [Fact]
    public void Fewer_replicas_are_told_and_a_single_one_weighs_more()
    {
        var three = Statement(StatementKind.Redundancy, "checkout runs 3 replicas.", "deploy.yaml", 5, ("service", "checkout"), ("replicas", "3"));

        Assert.Equal(["redundancy-lowered Medium deploy.yaml:5"], Of(Change("deploy.yaml", [three], [Replicas("2")])));
        Assert.Equal(["redundancy-lowered High deploy.yaml:5"], Of(Change("deploy.yaml", [three], [Replicas("1")])));
        Assert.Empty(Of(Change("deploy.yaml", [three], [Replicas("4")])));

        Statement Replicas(string count) => three with { Text = $"checkout runs {count} replicas.", Fields = new Dictionary<string, string> { ["service"] = "checkout", ["replicas"] = count } };
    }

    [Fact]
    public void A_secret_is_the_worst_and_is_not_shown()
    {
        var secret = Statement(StatementKind.ExposedSecret, "", "app.env", 2, ("secret", "github-token"));

        Assert.Equal(["secret-added Critical app.env:2"], Of(Change("app.env", [], [secret])));
        Assert.Empty(Of(Change("app.env", [secret], [secret])));
    }

    [Theory]
    [InlineData("infra/main.tf", "Terraform")]
    [InlineData("fly.production.toml", "The Fly configuration")]
    [InlineData("deploy/Dockerfile", "How the container")]
    [InlineData("charts/shop/templates/deployment.yaml", "Kubernetes")]
    [InlineData(".github/workflows/deploy.yml", "The delivery pipeline")]
    public void Infrastructure_is_known_by_its_path(string path, string says)
    {
        var impact = Assert.Single(ProductionImpact.Of(Pull(new ChangedPath(path, PathChange.Modified)), []));

        Assert.Equal(("infrastructure-changed", FindingSeverity.Medium), (impact.Id, impact.Severity));
        Assert.StartsWith(says, impact.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_and_plain_code_are_no_infrastructure() =>
        Assert.Empty(ProductionImpact.Of(Pull(new ChangedPath("src/app.cs", PathChange.Modified), new ChangedPath("examples/main.tf", PathChange.Added)), []));

    [Fact]
    public void A_deleted_runbook_is_told() =>
        Assert.Equal("runbook-removed", Assert.Single(ProductionImpact.Of(Pull(new ChangedPath("docs/runbooks/db.md", PathChange.Removed)), [])).Id);

    [Fact]
    public void Systems_and_libraries_it_comes_to_need_are_told()
    {
        var redis = Statement(StatementKind.Dependency, "It uses redis.", "compose.yaml", 12, ("name", "redis"));

        Assert.Equal(
            ["dependency-added Medium compose.yaml:12", "library-added Low package.json:"],
            Of(Change("compose.yaml", [], [redis]), Manifest("package.json", """{"dependencies":{"express":"4"}}""", """{"dependencies":{"express":"5","left-pad":"1"},"devDependencies":{"jest":"1"}}""")));
    }

    private static IReadOnlyList<string> Of(params ReadChange[] changes) =>
        [.. ProductionImpact.Of(Pull(), changes).Select(impact => $"{impact.Id} {impact.Severity} {impact.Path}:{impact.Line}")];

    private static Statement Alert(params (string Name, string Value)[] fields) => Statement(StatementKind.AlertRule, "Alert Slow", "rules.yaml", 4, [("name", "Slow"), .. fields]);

    private static Statement Slo(string objective) => Statement(StatementKind.SloObjective, $"Objective {objective} %", "slo.yaml", 2, ("name", "availability"), ("objective", objective));
}
