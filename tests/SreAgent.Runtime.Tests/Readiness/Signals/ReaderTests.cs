using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

public class ReaderTests
{
    [Theory]
    [InlineData("db/migrate/20260101000000_a.rb", "class A\n  def change\n    add_column :t, :c, :string\n  end\nend", "true")]
    [InlineData("db/migrate/20260101000000_a.rb", "class A\n  def change\n    remove_column :t, :c\n  end\nend", "false")]
    [InlineData("db/migrate/20260101000000_a.rb", "class A\n  def up\n    x\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend", "false")]
    [InlineData("db/migrate/20260101000000_a.rb", "class A\n  def up\n    x\n  end\n\n  def down\n  end\nend", "false")]
    [InlineData("app/migrations/0002_a.py", "class Migration:\n    operations = [\n        migrations.RunPython(forwards),\n    ]", "false")]
    [InlineData("app/migrations/0002_a.py", "class Migration:\n    operations = [\n        migrations.RunPython(forwards, backwards),\n    ]", "true")]
    [InlineData("app/migrations/0002_a.py", "class Migration:\n    operations = [\n        migrations.RunPython(\n            forwards,\n            reverse_code=migrations.RunPython.noop,\n        ),\n    ]", "true")]
    [InlineData("app/migrations/0002_a.py", "class Migration:\n    operations = [\n        migrations.AddField('a', 'b'),\n    ]", "true")]
    [InlineData("migrations/versions/a.py", "def upgrade():\n    op.add_column()\n\n\ndef downgrade():\n    op.drop_column()", "true")]
    [InlineData("migrations/versions/a.py", "def upgrade():\n    op.add_column()\n\n\ndef downgrade():\n    pass", "false")]
    [InlineData("db/migrations/001_a.sql", "-- +goose Up\ncreate table a();\n-- +goose Down\ndrop table a;", "true")]
    [InlineData("db/migrations/001_a.sql", "-- +goose Up\ncreate table a();\n-- +goose Down\n-- nothing\n", "false")]
    [InlineData("Data/Migrations/20260101000000_A.cs", "protected override void Up(MigrationBuilder b)\n{\n    b.X();\n}\nprotected override void Down(MigrationBuilder b)\n{\n}\n", "false")]
    [InlineData("Data/Migrations/20260101000000_A.cs", "protected override void Up(MigrationBuilder b)\n{\n    b.X();\n}\nprotected override void Down(MigrationBuilder b)\n{\n    b.Y();\n}\n", "true")]
    public void A_migration_has_a_way_back_or_not(string path, string text, string reversible) =>
        Assert.Equal(reversible, Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Migration).Fields["reversible"]);

    [Theory]
    [InlineData("migrations/1_a.up.sql", true, "true")]
    [InlineData("migrations/1_a.up.sql", false, "false")]
    public async Task A_way_back_in_a_file_of_its_own_is_there_or_not(string path, bool hasDown, string reversible)
    {
        var repository = new WrittenRepository("x").With(path, "create table a();\n");
        if (hasDown)
        {
            repository.With("migrations/1_a.down.sql", "drop table a;\n");
        }

        Assert.Equal(reversible, Assert.Single((await repository.ReadingAsync()).Statements).Fields["reversible"]);
    }

    [Theory]
    [InlineData("test", "go test ./...", "test")]
    [InlineData("deploy", "", "deploy")]
    [InlineData("release", "helm upgrade x . --atomic", "rollback")]
    [InlineData("ship", "kubectl apply -f k8s", "deploy")]
    [InlineData("undo", "kubectl rollout undo deploy/x", "rollback")]
    [InlineData("nightly restore test", "./restore.sh", "restore-test")]
    [InlineData("lint", "golangci-lint run", null)]
    [InlineData("deploy docs", "mkdocs build", null)]
    [InlineData("build e2e image", "docker build .", null)]
    [InlineData("cleanup deployment", "echo", null)]
    public void A_job_is_what_it_does(string name, string commands, string? does) => Assert.Equal(does, JobWords.Does(name, commands));

    [Theory]
    [InlineData("apiVersion: openslo/v1\nkind: SLO\nspec:\n  service: a\n  timeWindow:\n    - duration: 28d\n  objectives:\n    - target: 0.995\n", "99.5", 8)]
    [InlineData("apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata:\n  name: a\nspec:\n  target: \"99\"\n  window: 2w\n", "99", 6)]
    [InlineData("apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nspec:\n  service: a\n  slos:\n    - name: b\n      objective: 99.9\n", "99.9", 7)]
    public void An_objective_is_read_with_its_line(string text, string objective, int line)
    {
        var statement = Assert.Single(WrittenRepository.Statements("slo/a.yaml", text));

        Assert.Equal((objective, line), (statement.Fields["objective"], statement.At.Line));
    }

    [Fact]
    public void A_receiver_that_sends_nothing_on_is_no_routing() =>
        Assert.Empty(WrittenRepository.Statements("alertmanager.yml", "route:\n  receiver: none\nreceivers:\n  - name: none\n"));

    [Fact]
    public void A_dashboard_is_cited_by_the_line_of_its_title()
    {
        var statement = Assert.Single(WrittenRepository.Statements("dashboards/a.json", "{\n  \"panels\": [\n    { \"title\": \"Errors\", \"targets\": [{ \"title\": \"no\" }] },\n    { \"title\": \"Latency\" }\n  ],\n  \"title\": \"Cart\"\n}\n"));

        Assert.Equal((6, "Dashboard 'Cart' shows 2 panels: Errors; Latency."), (statement.At.Line, statement.Text));
    }

    [Theory]
    [InlineData("web.py", "router.add_api_route(\"/health\", status, methods=GET)")]
    [InlineData("web.py", "(r\"/alive\", AliveHandler),")]
    [InlineData("config/routes.rb", "get '/healthcheck/live', to: ok")]
    [InlineData("routes.go", "mux.HandleFunc(\"/up\", up)")]
    public void A_route_is_told_in_many_ways(string path, string line) =>
        Assert.Equal(StatementKind.HealthCheck, Assert.Single(WrittenRepository.Statements(path, line + "\n")).Kind);

    [Theory]
    [InlineData("func f() { client.Get(host + \"/healthz\") }")]
    [InlineData("// mux.HandleFunc(\"/healthz\", x)")]
    [InlineData("const path = \"/healthz\"")]
    public void A_path_that_is_only_spoken_of_is_no_endpoint(string line) => Assert.Empty(WrittenRepository.Statements("pkg/a.go", line + "\n"));

    [Theory]
    [InlineData("See the [runbook](docs/runbook.md).", "docs/runbook.md")]
    [InlineData("[What to do](runbooks/cart.md#burn) when it burns", "runbooks/cart.md#burn")]
    [InlineData("A [runbook](https://elsewhere.example/runbook.md) of others", null)]
    [InlineData("![runbook](runbook.png)", null)]
    [InlineData("    [runbook](code.md)", null)]
    [InlineData("<!-- [runbook](gone.md) -->", null)]
    [InlineData("[License](LICENSE.md)", null)]
    public void A_document_leads_to_a_runbook_beside_it_or_not(string line, string? link) =>
        Assert.Equal(link, WrittenRepository.Statements("README.md", $"# a\n\n{line}\n").SingleOrDefault(statement => statement.Kind == StatementKind.RunbookLink)?.Fields["link"]);

    [Fact]
    public void Blocks_of_Terraform_are_read_with_their_lines()
    {
        var file = HclReader.Read("a = 1\n\nresource \"x\" \"y\" {\n  b = \"c ${d(\"e\")} f\" # note\n  g = <<EOT\nh }\nEOT\n  i {\n    j = [1,\n      2]\n  }\n}\n", _ => true);

        var block = Assert.Single(file.Blocks);
        Assert.Equal((3, 12, "x y"), (block.Line, block.EndLine, string.Join(' ', block.Labels)));
        Assert.Equal(("c ${d(\"e\")} f", false), (block.Text("b"), block.Attribute("b")!.IsLiteral));
        Assert.Equal("h }\n", block.Text("g"));
        Assert.Equal((9, 10), (block.Blocks[0].Attributes[0].Line, block.Blocks[0].Attributes[0].EndLine));
    }

    [Fact]
    public void What_stands_before_a_break_is_kept() =>
        Assert.Equal("3", Assert.Single(WrittenRepository.Statements("k8s/a.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3\n  bad: [}\n")).Fields["replicas"]);
}
