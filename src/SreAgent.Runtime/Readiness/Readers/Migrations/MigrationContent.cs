using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Migrations;

/// <summary>Whether a migration has a way back, as its framework writes it, and whether it loses data.</summary>
internal static partial class MigrationContent
{
    /// <returns>Null when the file is none after all.</returns>
    public static Migration? Of(string framework, SourceText text) => framework switch
    {
        "Rails" => Ruby(text),
        "Django" => Django(text),
        "Alembic" => Functions(text, AlembicUp(), AlembicDown()),
        "Ecto" => Ecto(text),
        "Entity Framework" => Functions(text, EfUp(), EfDown()),
        "Knex" => Functions(text, KnexUp(), KnexDown()),
        "Liquibase" => Liquibase(text),
        "golang-migrate" => Sql(text, reversible: null, text.Path.EndsWith(".up.sql", StringComparison.Ordinal) ? text.Path[..^".up.sql".Length] + ".down.sql" : text.Path[..^"up.sql".Length] + "down.sql"),
        "Flyway" => Flyway(text),
        "Prisma" => Sql(text, reversible: null, undoneBy: null),
        _ => Marked(text),
    };

    private static Migration? Ruby(SourceText text)
    {
        var (down, irreversible, up, change) = (FirstLine(text, RubyDown()), FirstLine(text, RubyIrreversible()), FirstLine(text, RubyUp()), FirstLine(text, RubyChange()));
        if (up == 0 && change == 0)
        {
            return null;
        }

        // Two steps that Rails cannot turn round by itself.
        var lossy = change > 0 && (text.Text.Contains("remove_column ", StringComparison.Ordinal) && RubyBareRemoval().IsMatch(text.Text)) && down == 0 && !text.Text.Contains("reversible", StringComparison.Ordinal);
        var reversible = irreversible > 0 ? "false" : down > 0 ? (IsEmptyRubyMethod(text, down) ? "false" : "true") : change > 0 ? (lossy ? "false" : "true") : "false";
        var at = irreversible > 0 ? irreversible : down > 0 ? down : change > 0 ? change : up;
        return new Migration(at, at, reversible, null, Loss(text, RubyLoss(), until: down > up ? down : 0));
    }

    private static bool IsEmptyRubyMethod(SourceText text, int line) =>
        text.Lines.Skip(line).Select(next => next.Trim()).FirstOrDefault(next => next.Length > 0 && !next.StartsWith('#')) is "end";

    private static Migration? Django(SourceText text)
    {
        var operations = FirstLine(text, DjangoOperations());
        if (operations == 0)
        {
            return null;
        }

        // Every operation goes back by itself but code and SQL without a reverse.
        var oneWay = text.Lines.Select((line, index) => (line, index)).FirstOrDefault(each => DjangoRun().IsMatch(each.line) && !Statement(text, each.index).Contains("reverse", StringComparison.Ordinal) && !DjangoTwoArguments().IsMatch(Statement(text, each.index)));
        var at = oneWay.line is null ? operations : oneWay.index + 1;
        return new Migration(at, at, oneWay.line is null ? "true" : "false", null, Loss(text, DjangoLoss(), 0));
    }

    // A call and what follows until its parentheses close.
    private static string Statement(SourceText text, int from)
    {
        var (call, depth) = (new System.Text.StringBuilder(), 0);
        for (var i = from; i < Math.Min(text.Lines.Count, from + 30); i++)
        {
            call.Append(text.Lines[i]).Append('\n');
            depth += text.Lines[i].Count(character => character == '(') - text.Lines[i].Count(character => character == ')');
            if (depth <= 0)
            {
                break;
            }
        }

        return call.ToString();
    }

    private static Migration? Ecto(SourceText text)
    {
        var (down, change, up) = (FirstLine(text, EctoDown()), FirstLine(text, EctoChange()), FirstLine(text, EctoUp()));
        var at = down > 0 ? down : change > 0 ? change : up;
        var executes = change > 0 && EctoBareExecute().IsMatch(text.Text);
        return at == 0 ? null : new Migration(at, at, down > 0 || (change > 0 && !executes) ? "true" : "false", null, Loss(text, EctoLoss(), down > up ? down : 0));
    }

    private static Migration? Functions(SourceText text, Regex up, Regex down)
    {
        var (begins, back) = (FirstLine(text, up), FirstLine(text, down));
        if (begins == 0)
        {
            return null;
        }

        var body = back == 0 ? [] : text.Lines.Skip(back).Take(40).Select(line => line.Trim()).Where(line => line.Length > 0 && line is not ("{" or "}" or "};" or "})" or "});" or "\"\"\"") && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith('#') && !line.StartsWith("\"\"\"", StringComparison.Ordinal)).Take(1).ToArray();
        var empty = body is not [var first] || first is "pass" or "return" or "return;" || first.StartsWith("raise", StringComparison.Ordinal) || first.StartsWith("throw", StringComparison.Ordinal);
        return new Migration(back > 0 ? back : begins, back > 0 ? back : begins, empty ? "false" : "true", null, Loss(text, AnyLoss(), back > begins ? back : 0));
    }

    private static Migration? Liquibase(SourceText text)
    {
        var sql = text.Path.EndsWith(".sql", StringComparison.Ordinal);
        var change = FirstLine(text, sql ? LiquibaseSqlChange() : LiquibaseChange());
        if (change == 0)
        {
            return null;
        }

        var back = FirstLine(text, LiquibaseRollback());
        var oneWay = sql || LiquibaseOneWay().IsMatch(text.Text);
        return new Migration(back > 0 ? back : change, back > 0 ? back : change, back > 0 || !oneWay ? "true" : "false", null, Loss(text, AnyLoss(), 0));
    }

    private static Migration? Flyway(SourceText text)
    {
        var slash = text.Path.LastIndexOf('/') + 1;
        return Sql(text, null, text.Path[..slash] + "U" + text.Path[(slash + 1)..]);
    }

    private static Migration? Marked(SourceText text)
    {
        var up = FirstLine(text, SqlUpMark());
        if (up == 0)
        {
            return Sql(text, null, null);
        }

        var down = FirstLine(text, SqlDownMark());
        var has = down > 0 && text.Lines.Skip(down).Any(line => line.Trim() is { Length: > 0 } step && !step.StartsWith("--", StringComparison.Ordinal));
        return new Migration(down > 0 ? down : up, down > 0 ? down : up, has ? "true" : "false", null, Loss(text, AnyLoss(), down));
    }

    private static Migration? Sql(SourceText text, string? reversible, string? undoneBy)
    {
        var first = text.Lines.Select((line, index) => (line, index)).FirstOrDefault(each => each.line.Trim() is { Length: > 0 } step && !step.StartsWith("--", StringComparison.Ordinal) && !step.StartsWith("/*", StringComparison.Ordinal));
        return first.line is null ? null : new Migration(first.index + 1, first.index + 1, reversible, undoneBy, Loss(text, AnyLoss(), 0));
    }

    private static string? Loss(SourceText text, Regex loss, int until)
    {
        foreach (var line in until > 0 ? text.Lines.Take(until - 1) : text.Lines)
        {
            if (loss.Match(line) is { Success: true } match && !line.TrimStart().StartsWith("--", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#'))
            {
                return match.Value.Contains("table", StringComparison.OrdinalIgnoreCase) || match.Value.Contains("DeleteModel", StringComparison.Ordinal) || match.Value.Contains("drop table", StringComparison.OrdinalIgnoreCase) ? "drops a table" : "drops a column";
            }
        }

        return null;
    }

    private static int FirstLine(SourceText text, Regex pattern)
    {
        for (var i = 0; i < text.Lines.Count; i++)
        {
            if (pattern.IsMatch(text.Lines[i]))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\s*def (self\.)?down\b", Options, 10_000)]
    private static partial Regex RubyDown();

    [GeneratedRegex(@"^\s*def (self\.)?up\b", Options, 10_000)]
    private static partial Regex RubyUp();

    [GeneratedRegex(@"^\s*def change\b", Options, 10_000)]
    private static partial Regex RubyChange();

    [GeneratedRegex(@"IrreversibleMigration", Options, 10_000)]
    private static partial Regex RubyIrreversible();

    [GeneratedRegex(@"\bremove_column[ (]+:?\w+,\s*:\w+\s*\)?\s*$", Options | RegexOptions.Multiline, 10_000)]
    private static partial Regex RubyBareRemoval();

    [GeneratedRegex(@"\b(drop_table|remove_column|remove_columns)\b", Options, 10_000)]
    private static partial Regex RubyLoss();

    [GeneratedRegex(@"^\s*operations\s*=", Options, 10_000)]
    private static partial Regex DjangoOperations();

    [GeneratedRegex(@"\bmigrations\.Run(Python|SQL)\(", Options, 10_000)]
    private static partial Regex DjangoRun();

    [GeneratedRegex(@"Run(Python|SQL)\(\s*((migrations\.RunPython\.noop|[\w.]+)|""[^""]*""|'[^']*'|r?""""""[\s\S]*?"""""")\s*,\s*(code=)?(?!elidable|hints|atomic|state_operations)[\w.""'\[]", Options, 10_000)]
    private static partial Regex DjangoTwoArguments();

    [GeneratedRegex(@"\bmigrations\.(RemoveField|DeleteModel)\b", Options, 10_000)]
    private static partial Regex DjangoLoss();

    [GeneratedRegex(@"^def upgrade\b", Options, 10_000)]
    private static partial Regex AlembicUp();

    [GeneratedRegex(@"^def downgrade\b", Options, 10_000)]
    private static partial Regex AlembicDown();

    [GeneratedRegex(@"\boverride void Up\(", Options, 10_000)]
    private static partial Regex EfUp();

    [GeneratedRegex(@"\boverride void Down\(", Options, 10_000)]
    private static partial Regex EfDown();

    [GeneratedRegex(@"\b(exports\.up\b|export (async )?(function|const) up\b|(async )?up\s*[(:=]|public async up\b)", Options, 10_000)]
    private static partial Regex KnexUp();

    [GeneratedRegex(@"\b(exports\.down\b|export (async )?(function|const) down\b|(async )?down\s*[(:=]|public async down\b)", Options, 10_000)]
    private static partial Regex KnexDown();

    [GeneratedRegex(@"^\s*def down\b", Options, 10_000)]
    private static partial Regex EctoDown();

    [GeneratedRegex(@"^\s*def up\b", Options, 10_000)]
    private static partial Regex EctoUp();

    [GeneratedRegex(@"^\s*def change\b", Options, 10_000)]
    private static partial Regex EctoChange();

    [GeneratedRegex(@"^\s*execute[ (]+""[^""\n]*""\)?\s*$", Options | RegexOptions.Multiline, 10_000)]
    private static partial Regex EctoBareExecute();

    [GeneratedRegex(@"\b(drop table|drop_if_exists table|remove :|drop\(table)", Options, 10_000)]
    private static partial Regex EctoLoss();

    [GeneratedRegex(@"<changeSet\b", Options, 10_000)]
    private static partial Regex LiquibaseChange();

    [GeneratedRegex(@"^\s*--\s*changeset\b", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex LiquibaseSqlChange();

    [GeneratedRegex(@"<rollback\b|^\s*--\s*rollback\b", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex LiquibaseRollback();

    [GeneratedRegex(@"<(sql|sqlFile|dropTable|dropColumn|update|delete|loadData|modifyDataType|customChange)\b", Options, 10_000)]
    private static partial Regex LiquibaseOneWay();

    [GeneratedRegex(@"^\s*--\s*(\+goose\s+up|\+migrate\s+up|migrate:up)\b", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex SqlUpMark();

    [GeneratedRegex(@"^\s*--\s*(\+goose\s+down|\+migrate\s+down|migrate:down)\b", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex SqlDownMark();

    [GeneratedRegex(@"\b(drop\s+table|drop\s+column|op\.drop_table|op\.drop_column|DropTable|DropColumn|dropTable|dropColumn|dropTableIfExists)\b", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex AnyLoss();
}
