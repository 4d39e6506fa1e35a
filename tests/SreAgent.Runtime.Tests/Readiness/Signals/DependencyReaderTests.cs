using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>What is read of what a service connects to, and of what it does while that is gone.</summary>
public sealed class DependencyReaderTests
{
    [Theory]
    [InlineData("DATABASE_URL", "database")]
    [InlineData("API_BASE_URL_PAYMENTS", "payments")]
    [InlineData("PGHOST", "postgres")]
    [InlineData("UPLOADS_BUCKET", "uploads")]
    [InlineData("APP_HOST", null)]
    [InlineData("MAX_CONNECTIONS_PER_HOST", null)]
    [InlineData("EMAIL_FROM_ADDRESS", null)]
    [InlineData("TEST_DATABASE_URL", null)]
    [InlineData("SENTRY_DSN", null)]
    public void A_variable_says_by_its_name_what_it_leads_to(string name, string? target) => Assert.Equal(target, ConnectionNames.Target(name));

    [Theory]
    [InlineData(".env.example", "PORT=8080\nREDIS_URL=redis://localhost\n", "redis", 2)]
    [InlineData("app.json", "{\n  \"env\": {\n    \"PAYMENTS_API_URL\": { \"required\": true }\n  }\n}\n", "payments", 3)]
    [InlineData("config/database.yml", "default:\n  adapter: postgresql\n", "postgres", 2)]
    [InlineData("src/main/resources/application.yml", "api:\n  stock:\n    base-url: ${STOCK_URL}\n", "stock", 3)]
    [InlineData("src/main/resources/application.properties", "server.port=1\nspring.datasource.url=jdbc:postgresql://db/cart\n", "postgres", 2)]
    [InlineData("conf/application.conf", "mongodb.uri = \"mongodb://db/cart\"\n", "mongodb", 1)]
    [InlineData("shop/settings.py", "DATABASES = {\n    \"default\": {\"ENGINE\": \"django.db.backends.postgresql\"},\n}\n", "postgres", 2)]
    [InlineData("src/config.ts", "export const stock = process.env.STOCK_API_URL\n", "stock", 1)]
    [InlineData("app/Config.scala", "private def host = env(\"REDIS_HOST\").as[Host]\n", "redis", 1)]
    [InlineData("config/runtime.exs", "url = System.get_env(\"DATABASE_URL\")\n", "database", 1)]
    [InlineData("prisma/schema.prisma", "datasource db {\n  provider = \"mysql\"\n}\n", "mysql", 2)]
    [InlineData("chart/values-prod.yaml", "generic-service:\n  env:\n    API_BASE_URL_STOCK: https://stock.example\n", "stock", 3)]
    [InlineData("manifest.yml", "applications:\n  - name: cart\n    services:\n      - cart-db\n", "cart-db", 4)]
    [InlineData(".nais/app.yaml", "apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata: { name: cart }\nspec:\n  accessPolicy:\n    outbound:\n      rules:\n        - application: stock\n", "stock", 8)]
    [InlineData("clowdapp.yaml", "apiVersion: cloud.redhat.com/v1alpha1\nkind: ClowdApp\nmetadata: { name: cart }\nspec:\n  dependencies:\n    - stock\n", "stock", 6)]
    [InlineData("template.yaml", "Resources:\n  Carts:\n    Type: AWS::DynamoDB::Table\n", "Carts", 2)]
    [InlineData("operations/db.yml", "- type: replace\n  path: /instance_groups/name=web/jobs/name=web/properties/postgresql?/host?\n  value: ((host))\n", "postgres", 2)]
    [InlineData("jobs/cart.nomad", "job \"cart\" {\n  group \"cart\" {\n    service {\n      upstreams {\n        destination_name = \"stock\"\n      }\n    }\n  }\n}\n", "stock", 5)]
    [InlineData("main.tf", "module \"db\" {\n  source = \"git::https://git.example/modules.git//aws-rds-instance?ref=v1\"\n}\n", "db", 1)]
    [InlineData("docker-compose.yml", "services:\n  db:\n    image: postgres:16\n", "postgres", 2)]
    public void Configuration_names_what_is_needed(string path, string text, string needed, int line) =>
        Assert.Contains(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Dependency && statement.Fields["name"] == needed && statement.At.Line == line);

    [Theory]
    [InlineData(".env.example", "# REDIS_URL=redis://localhost\n")]
    [InlineData("config/test.yml", "database:\n  url: postgres://db\n")]
    [InlineData("src/main/resources/application.yml", "server:\n  host: cart.example\nspringdoc:\n  url: https://docs.example\n")]
    public void What_is_commented_out_its_own_or_for_tests_is_not_needed(string path, string text) =>
        Assert.DoesNotContain(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Dependency);

    [Theory]
    [InlineData("a.go", "ctx, cancel := context.WithTimeout(ctx, time.Second)", true)]
    [InlineData("a.go", "shutdownCtx, cancel := context.WithTimeout(ctx, time.Second)", false)]
    [InlineData("a.ts", "const client = make({ timeout: 20_000 })", true)]
    [InlineData("playwright.config.ts", "export default { timeout: 20_000 }", false)]
    [InlineData("a.rb", "Faraday.new(request: { timeout: 5 })", true)]
    [InlineData("a.py", "DEFAULT_TIMEOUT = td(days=1)", false)]
    [InlineData("a.py", "REQUEST_TIMEOUT = 5", true)]
    [InlineData("a.kt", "install(HttpTimeout)", true)]
    [InlineData("a.ts", "connectionTimeoutMillis: 1000,", true)]
    [InlineData("a.js", "setTimeout(() => reject(new Error('stock is late')), 5000)", true)]
    [InlineData("a.rs", "const CALL_TIMEOUT: Duration = Duration::from_secs(10);", true)]
    [InlineData("a.py", "except requests.Timeout as late:", true)]
    [InlineData("a.rb", "StrongMigrations.statement_timeout = 1.hour", false)]
    [InlineData("b.rb", "config.statement_timeout = 5000", true)]
    [InlineData("application.yml", "payments:\n  timeout: 2s\n", true)]
    [InlineData("application.yml", "server:\n  session:\n    timeout: 30m\n", false)]
    [InlineData("routes.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart }\nspec:\n  http:\n    - retries: { attempts: 3 }\n", true)]
    public void A_time_limit_counts_for_what_is_called_and_not_for_its_own_end(string path, string text, bool counts) =>
        Assert.Equal(counts, WrittenRepository.Statements(path, text).Any(statement => statement.Kind == StatementKind.DependencyBehaviour));

    [Theory]
    [InlineData("a.kt", "fun <T : Any> retryFuel(times: Int = 3): T {", "retry")]
    [InlineData("a.ts", "export const downloadWithRetry = async (url: string) => {", "retry")]
    [InlineData("a.go", "const maxTries = 3", "retry")]
    [InlineData("a.py", "MAX_RETRIES = 3", "retry")]
    [InlineData("a.java", "public int getRetryCount() {", null)]
    [InlineData("a.java", "this.maxRetries = maxRetries;", null)]
    [InlineData("a.py", "except requests.exceptions.ConnectionError:", "handled")]
    [InlineData("a.rb", "rescue Faraday::ConnectionFailed => error", "handled")]
    [InlineData("a.cs", "catch (HttpRequestException error)", "handled")]
    [InlineData("a.php", "} catch (GuzzleException $exception) {", "handled")]
    [InlineData("a.py", "except ValueError:", null)]
    [InlineData("a.java", "} catch (TimeoutException late) {", "handled")]
    [InlineData("a.ex", "{:error, %HTTPoison.Error{reason: :closed}} ->", "handled")]
    [InlineData("a.ex", "{:error, %Ecto.Changeset{} = changeset} ->", null)]
    [InlineData("a.ex", "{:error, %Stripe.Error{} = error} ->", "handled")]
    [InlineData("a.ex", "{:error, %Jason.DecodeError{} = error} ->", null)]
    [InlineData("a.java", "private static final int SETUP_RETRY_DELAY_SECONDS = 60;", "retry")]
    [InlineData("a.ts", "timeout: {", null)]
    public void Code_tells_what_becomes_of_a_failed_call(string path, string line, string? does) =>
        Assert.Equal(does, WrittenRepository.Statements(path, line + "\n").FirstOrDefault(statement => statement.Kind == StatementKind.DependencyBehaviour)?.Fields["does"]);
}
