namespace SreAgent.Core.Readiness;

/// <summary>How a product introduces itself: the title of its readme and the first things said beneath it. Tells what its job is, and for whom.</summary>
internal static class Introduction
{
    private const int Sentences = 3;

    private static readonly string[] Openings = ["introduction", "overview", "about", "what is", "what does", "what's", "summary", "description"];

    public static string Of(IReadOnlyList<Statement> statements)
    {
        var first = statements.FirstOrDefault(IsReadme);
        if (first is null)
        {
            return "";
        }

        // What stands under another heading already tells how to install it, unless that introduces it once more.
        var readme = statements.SkipWhile(statement => !ReferenceEquals(statement, first)).TakeWhile(statement => string.Equals(statement.At.Path, first.At.Path, StringComparison.Ordinal)).Where(IsReadme).ToArray();
        var said = readme.TakeWhile(statement => statement.Under.SequenceEqual(first.Under, StringComparer.Ordinal)).Take(Sentences);
        var again = readme.SkipWhile(statement => !Introduces(statement, first)).TakeWhile(statement => Introduces(statement, first)).Take(Sentences);
        return string.Join(" . ", [.. first.Under.Take(1), .. said.Concat(again).Distinct().Select(statement => statement.Text)]);
    }

    // A notice may stand first; the name as a heading of its own then begins it once more.
    private static bool Introduces(Statement statement, Statement first) =>
        statement.Under is [.., var heading]
        && (Array.Exists(Openings, opening => heading.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
            || statement.Under.Count > 1 && first.Under is [var title, ..] && !string.Equals(heading, title, StringComparison.Ordinal) && title.Contains(heading, StringComparison.OrdinalIgnoreCase));

    private static bool IsReadme(Statement statement) =>
        statement.Kind == StatementKind.Prose && StatementForms.Of(statement) == StatementForm.Text && statement.At.Path.StartsWith("readme", StringComparison.OrdinalIgnoreCase);
}
