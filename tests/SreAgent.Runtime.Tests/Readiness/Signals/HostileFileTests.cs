using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Files nobody would write. The seed is fixed, so that a failure comes back.</summary>
public class HostileFileTests
{
    private static readonly string[] Paths =
    [
        "fly.toml", "fly.json", "wrangler.toml", "wrangler.json", "k8s/app.yaml", "chart/templates/app.yaml", "chart/values.yaml", "main.tf", "rules.yml", "dashboards/a.json", ".github/workflows/ci.yml", "docker-compose.yml", "Dockerfile", "Jenkinsfile", "CODEOWNERS", "OWNERS", "catalog-info.yaml",
        "db/migrate/20260101000000_a.rb", "app/migrations/0001_a.py", "migrations/versions/a.py", "migrations/1_a.up.sql", "db/changelog/a.xml", "migrations/20260101000000_a.js", "cmd/main.go", "app.py", ".env", "pom.xml",
    ];

    private static readonly string[] Pieces =
    [
        "apiVersion: apps/v1\n", "kind: Deployment\n", "spec:\n", "  replicas: ", "groups:\n- rules:\n  - alert: A\n    expr: up\n", "{{ if ", "}}", "{{", "- ", ": ", "[", "]", "{", "}", "\"", "'", "&a ", "*a\n", "<<: *a\n", "|\n", ">-\n", "\t", "---\n", "...\n", "%YAML 1.2\n", "!!binary ", "? ",
        "resource \"aws_db_instance\" \"x\" {\n", "multi_az = false\n", "<<EOT\n", "EOT\n", "${", "/*", "*/", "[[checks]]\n", "[deploy]\n", "strategy = \"rolling\"\n", "app = 'x'\n", "HEALTHCHECK \\\n", "stage('test') {\n", "* @owner\n", "def change\n", "def down\n", "operations = [\n", "migrations.RunPython(\n",
        "mux.HandleFunc(\"/healthz\", x)\n", "promhttp.Handler()\n", "password = hunter2\n", "\uFEFF", "\u0000", "\uD800", "\n", "\r\n", "  ", "é", "\"panels\": [{\"title\": \"x\"}]", "\"title\": \"y\"", "# heading\n", "jobs:\n  a:\n    steps:\n    - run: go test\n",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Pieces_of_every_format_in_any_order_break_nothing(int seed)
    {
        var random = new Random(seed);
        var repository = new WrittenRepository("x");
        for (var i = 0; i < 60; i++)
        {
            foreach (var path in Paths)
            {
                var text = new StringBuilder();
                for (var piece = random.Next(60); piece > 0; piece--)
                {
                    text.Append(Pieces[random.Next(Pieces.Length)]);
                }

                repository.With($"s{i}/{path}", text.ToString());
            }
        }

        var reading = await repository.ReadingAsync();

        Assert.DoesNotContain(reading.NotLookedAt, line => line.Contains("not read to its end", StringComparison.Ordinal));
        _ = FindingRules.Find(reading.Statements, repository.Listing);
        await HoldsAsync(repository, reading.Statements);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Bytes_that_are_no_text_break_nothing(int seed)
    {
        var random = new Random(seed);
        var repository = new WrittenRepository("x");
        foreach (var path in Paths)
        {
            for (var i = 0; i < 20; i++)
            {
                var bytes = new byte[random.Next(4096)];
                random.NextBytes(bytes);
                repository.With($"b{i}/{path}", bytes);
                repository.With($"t{i}/{path}", bytes.Select(value => value == 0 ? (byte)'\n' : value).ToArray());
            }
        }

        var reading = await repository.ReadingAsync();

        Assert.DoesNotContain(reading.NotLookedAt, line => line.Contains("not read to its end", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[", "k8s/a.yaml", "apiVersion: v1\n")]
    [InlineData("{a: ", "k8s/a.yaml", "apiVersion: v1\n")]
    [InlineData("- ", "k8s/a.yaml", "apiVersion: v1\n")]
    [InlineData("a {\n", "main.tf", "resource \"aws_db_instance\" \"x\" {\n")]
    [InlineData("a = [\n", "main.tf", "resource \"aws_db_instance\" \"x\" {\n")]
    [InlineData("\"${", "main.tf", "resource \"aws_db_instance\" \"x\" {\n a = ")]
    [InlineData("[", "fly.toml", "a = ")]
    [InlineData("{\"panels\":[", "dashboards/a.json", "")]
    [InlineData("{{", "chart/templates/a.yaml", "apiVersion: v1\n")]
    [InlineData("{\"a\":", "dashboards/a.json", "{\"panels\":")]
    public async Task Nesting_without_end_is_given_up(string opening, string path, string before)
    {
        var text = new StringBuilder(before);
        for (var i = 0; i < 40_000; i++)
        {
            text.Append(opening);
        }

        var reading = await new WrittenRepository("x").With(path, text.ToString()).ReadingAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(reading.NotLookedAt, line => line.Contains("not read to its end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_expansion_bomb_expands_to_nothing()
    {
        var text = new StringBuilder("apiVersion: apps/v1\nkind: Deployment\na0: &a0 [x, x]\n");
        for (var i = 1; i < 40; i++)
        {
            text.Append($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        var reading = await new WrittenRepository("x").With("k8s/a.yaml", text.Append("spec:\n  replicas: 2\n").ToString()).ReadingAsync();

        Assert.Equal(StatementKind.Redundancy, Assert.Single(reading.Statements).Kind);
    }

    // Every citation is where it says, word for word: what the gate will look for again.
    private static async Task HoldsAsync(WrittenRepository repository, IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements.Where(statement => statement.Kind != StatementKind.ExposedSecret))
        {
            var bytes = await repository.ReadAsync(statement.At.Path, int.MaxValue, TestContext.Current.CancellationToken);
            var lines = SourceText.From(statement.At.Path, bytes!.Value.Span)!.Lines;
            Assert.InRange(statement.At.EndLine, statement.At.Line, lines.Count);
            Assert.True(
                Quotation.Holds(statement.At.Quote, lines.Skip(statement.At.Line - 1).Take(statement.At.EndLine - statement.At.Line + 1)),
                $"{statement.At.Path}:{statement.At.Line}-{statement.At.EndLine} does not hold '{statement.At.Quote}' ({statement.Kind}: {statement.Text})");
        }
    }
}
