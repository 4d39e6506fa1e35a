using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

public class ExposedSecretTests
{
    /// <summary>Lines by which something is recognised, with what nothing on them calls a secret.</summary>
    public static TheoryData<string, string> Unlabelled => new()
    {
        { "a.php", "$db = new PDO(\"mysql:host=h\", \"root\", \"c0rrecthorse\");\n" },
        { "a.py", "hub = Github(\"someuser\", \"c0rrecthorse\")\n" },
        { "b.py", "hub = Github(\"c0rrecthorsec0rrecthorse\")\n" },
        { "a.go", "db, err := sql.Open(driver, \"root:c0rrecthorse@tcp(db:3306)/cart\")\n" },
        { "manifest.yml", "applications:\n  - name: cart\n    env:\n      ROLLBAR_ACCESS_TOKEN: c0rrecthorse\n" },
        { "manifest.yml", "applications:\n  - name: cart\n    env:\n      SENTRY_DSN: https://c0rrecthorse@errors.example/1\n" },
        { "k8s.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env: [{ name: SENTRY_DSN, value: c0rrecthorse }]\n" },
        { "k8s.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env: [{ name: DD_AGENT_HOST, value: agent }, { name: X, value: c0rrecthorsec0rrecthorse }]\n" },
        { "c.py", "stock = connect(\"root\", \"c0rrecthorse\", timeout=5, max_retries=3)\n" },
        { "d.py", "token = vault.login(\"c0rrecthorse\", timeout=5, max_retries=3)\n" },
        { "a.ts", "const stock = new Client('root', 'c0rrecthorse', { timeout: 5000, retries: 3 });\n" },
        { "fly.toml", "app = \"cart\"\n[env]\n  DATABASE_URL = \"root:c0rrecthorse@tcp(db:3306)/cart\"\n" },
        { "run.sh", "exec ddtrace-run python app.py admin c0rrecthorse\n" },
        { "Dockerfile", "FROM java\nCMD java -javaagent:/opt/newrelic.jar -Dlicense=c0rrecthorse -jar cart.jar\n" },
        { "pager.py", "requests.post(\"https://events.pagerduty.com/integration/c0rrecthorse/enqueue\")\n" },
        { "b.php", "$r = /* don't */ new Redis(); $r->auth(\"foo\", \"c0rrecthorse\");\n" },
        { "log.py", "root.addHandler(DiscordLogHandler(\"https://chat.example/hooks/c0rrecthorse\"))\n" },
        { ".env", "REDIS_URL=default:c0rrecthorse\n" },
        { ".env.production", "DATABASE_URL=Server=db;User=sa;Pwd2=c0rrecthorse\n" },
        { "wrangler.toml", "name = \"cart\"\n[vars]\nREDIS_URL = \"Server=db;Pwd2=c0rrecthorse\"\n" },
        { "values.yaml", "env:\n  REDIS_URL: Server=db;Pwd2=c0rrecthorse\n" },
        { "site.yml", "- hosts: carts\n  roles:\n    - { role: shop.newrelic, license: c0rrecthorsec0rrecthorse }\n" },
    };

    [Theory]
    [MemberData(nameof(Unlabelled))]
    public async Task What_nothing_calls_a_secret_is_not_quoted_and_what_stands_beside_it_counts(string path, string text)
    {
        var statements = (await new WrittenRepository("x").With(path, text).ReadingAsync()).Statements;

        Assert.NotEmpty(statements);
        Assert.DoesNotContain(statements, statement => $"{statement.At.Quote}{statement.Text}{string.Concat(statement.Fields.Values)}".Contains("c0rrecthorse", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NEW_RELIC_LICENSE_KEY: ((license))", true)]
    [InlineData("NEW_RELIC_LICENSE_KEY: c0rrecthorse", true)]
    [InlineData("NEW_RELIC_ENABLED: false", false)]
    [InlineData("NEW_RELIC_APP_NAME: cart", true)]
    public async Task A_setting_of_monitoring_counts_where_it_is_on(string setting, bool counts) =>
        Assert.Equal(counts, (await new WrittenRepository("x").With("manifest.yml", $"applications:\n  - name: cart\n    env:\n      {setting}\n").ReadingAsync()).Statements.Any(statement => statement.Kind == StatementKind.Telemetry));

    // Made up here, and put together so that no scanner of this repository takes it for one.
    private static readonly string Token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    private static readonly string Password = "kT9" + "vQx2LmZ7pRw4Jd8Ys";

    [Fact]
    public async Task A_secret_is_found_with_its_line_and_never_repeated()
    {
        var repository = new WrittenRepository("x").With("config/production.yaml", $"a: b\ntoken: {Token}\npassword: \"{Password}\"\n");

        var reading = await repository.ReadingAsync();
        var findings = FindingRules.Find(reading.Statements, repository.Listing);

        Assert.Equal([2, 3], findings.Select(finding => finding.Line!.Value));
        Assert.All(findings, finding => Assert.Equal(("secret-in-configuration", FindingSeverity.Critical), (finding.Id, finding.Severity)));
        var told = string.Concat(findings.Select(finding => finding.Message)) + string.Concat(reading.Statements.Select(statement => statement.ToString() + statement.At + string.Concat(statement.Fields.Values)));
        Assert.DoesNotContain(Token, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password: changeme")]
    [InlineData("password: ${DB_PASSWORD}")]
    [InlineData("password: {{ .Values.password }}")]
    [InlineData("passwordSecretName: cart-database-credentials")]
    [InlineData("DATABASE_URL: postgres://user:password@localhost:5432/x")]
    [InlineData("# token: ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")]
    [InlineData("image: x@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("apiKey: your-api-key-here")]
    [InlineData("secretKeyRef: { name: a, key: tokenOfTheService1A }")]
    public void What_only_looks_like_one_is_left_alone(string line) =>
        Assert.DoesNotContain(WrittenRepository.Statements("config/production.yaml", line + "\n"), statement => statement.Kind == StatementKind.ExposedSecret);

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("config/dev/app.yaml")]
    [InlineData(".env.example")]
    public void Places_for_trying_are_left_alone(string path) =>
        Assert.DoesNotContain(WrittenRepository.Statements(path, $"password: \"{Password}\"\n"), statement => statement.Kind == StatementKind.ExposedSecret);
}
