namespace SreAgent.Core.Readiness;

/// <summary>How a product introduces itself: the title of its readme and the first things said beneath it. Tells what its job is, and for whom.</summary>
internal static class Introduction
{
    private const int Sentences = 3;

    public static string Of(IReadOnlyList<Statement> statements)
    {
        var first = statements.FirstOrDefault(IsReadme);
        if (first is null)
        {
            return "";
        }

        // What stands under another heading already tells how to install it.
        var said = statements.SkipWhile(statement => !ReferenceEquals(statement, first)).TakeWhile(statement => statement.Under.SequenceEqual(first.Under, StringComparer.Ordinal))
            .Where(IsReadme).Take(Sentences).Select(statement => statement.Text);
        return string.Join(" . ", [.. first.Under.Take(1), .. said]);
    }

    private static bool IsReadme(Statement statement) =>
        statement.Kind == StatementKind.Prose && StatementForms.Of(statement) == StatementForm.Text && statement.At.Path.StartsWith("readme", StringComparison.OrdinalIgnoreCase);
}
