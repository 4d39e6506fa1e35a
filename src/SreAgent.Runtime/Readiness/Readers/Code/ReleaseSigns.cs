using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>What code does to stored state when a new version starts, and whom it calls when something is wrong.</summary>
internal static partial class ReleaseSigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Migrates("migrate.NewWithSourceInstance(", ["go"]), Migrates("migrate.NewWithDatabaseInstance(", ["go"]), Migrates("goose.Up", ["go"]),
        Migrates(".AutoMigrate(", ["go"]), Migrates("gormigrate.New(", ["go"]),
        Migrates("alembic.command", ["py"]), Migrates("call_command(\"migrate\"", ["py"]), Migrates("call_command('migrate'", ["py"]),
        Migrates(".migrate.latest(", Node), Migrates("runMigrations(", Node), Migrates("migrator.up(", Node), Migrates("'migrate', 'deploy'", Node),
        Migrates("migrationsRun: true", Node),
        Migrates("Flyway.configure(", Jvm), Migrates("flyway.migrate(", Jvm), Migrates("new SpringLiquibase(", Jvm),
        Migrates("Database.Migrate(", ["cs"]), Migrates("Database.MigrateAsync(", ["cs"]), Migrates("DeployChanges.To", ["cs"]),
        Migrates("embed_migrations!", ["rs"]), Migrates("sqlx::migrate!", ["rs"]), Migrates("run_pending_migrations(", ["rs"]),
        Migrates("Ecto.Migrator.run", Elixir), Migrates("Ecto.Migrator.with_repo", Elixir),
        new(StatementKind.RunbookLink, "unbook", Everywhere, "runbook link", "The code tells whoever it alerts which runbook to follow.", ("alert", "code")) { Line = Runbook() },
        Calls("events.pagerduty.com", "PagerDuty"), Calls("api.opsgenie.com", "Opsgenie"), Calls("opsgenie.com/v2/alerts", "Opsgenie"),
        Calls("alert.victorops.com", "Splunk On-Call"),
        .. Tells(["py"], "DiscordLogHandler", "SlackLogHandler", "SMTPHandler(", "AdminEmailHandler"), .. Tells(["rb"], "ExceptionNotification"), .. Tells(["xml"], "SMTPAppender", "SlackAppender"),
        .. Tells(["php"], "SlackWebhookHandler(", "SlackHandler(", "NativeMailerHandler(", "SwiftMailerHandler("), .. Tells(["cs"], "WriteTo.Slack(", "WriteTo.Email(", "WriteTo.Discord("), .. Tells(Node, "winston-slack", "winston-discord", "winston-mail"),
    ];

    private static CodeSign Migrates(string literal, string[] languages) => new(StatementKind.Pipeline, literal, languages, "migration at start", "The code brings stored state to its version when it starts.", ("does", "migrate"));

    private static CodeSign Calls(string literal, string system) => new(StatementKind.OnCallRouting, literal, Everywhere, "pager called by code", $"The code calls {system} when something is wrong.", ("pages", "true")) { Alone = true };

    private static IEnumerable<CodeSign> Tells(string[] languages, params string[] literals) =>
        literals.Select(literal => new CodeSign(StatementKind.OnCallRouting, literal, languages, "errors told by code", "The code tells somebody of its errors, by chat or mail.", ("pages", "false")) { Alone = true, Line = Used() });

    // One that is made here may be somebody's own, of that name.
    [GeneratedRegex(@"^(?!\s*(public\s+|export\s+)*class\s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Used();

    [GeneratedRegex(@"https?://[^\s""']{0,200}[rR]unbook", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Runbook();
}
