using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.Gate;

/// <summary>A cited file as it stands now, with what the readers say it states.</summary>
/// <param name="promised">What only promises; it may share a line with a statement.</param>
internal sealed partial class CitedFile(SourceText text, IReadOnlyList<Statement> statements, IReadOnlyList<Statement> promised)
{
    private const int FewestLetters = 12;

    public SourceText Text => text;

    /// <summary>A few letters stand anywhere. As much as that, or all of a line.</summary>
    public bool IsEnough(Citation citation) =>
        citation.Quote.Count(char.IsLetterOrDigit) >= FewestLetters
        || statements.Any(statement => Covers(citation, statement) && string.Equals(statement.At.Quote, citation.Quote.Trim(), StringComparison.Ordinal))
        || text.Lines.Skip(citation.Line - 1).Take(citation.EndLine - citation.Line + 1).Any(line => line.Trim() is { Length: > 0 } whole && string.Equals(whole, citation.Quote.Trim(), StringComparison.Ordinal));

    /// <summary>Whether the quote is within what statements show on the cited lines, comments left out.</summary>
    public bool States(Citation citation)
    {
        var shown = new List<string>();
        for (var line = citation.Line; line <= citation.EndLine; line++)
        {
            if (statements.FirstOrDefault(statement => statement.At.Line <= line && line <= statement.At.EndLine) is { } statement)
            {
                shown.Add(Visible(text.Lines[line - 1], statement.Kind));
            }
        }

        return Quotation.Holds(citation.Quote, shown) && !promised.Any(promise => promise.At.Line <= citation.EndLine && citation.Line <= promise.At.EndLine && Quotation.Holds(citation.Quote, [promise.Text]));
    }

    /// <summary>Whole lines of prose; of what is set up and of code what can be shown without a secret nothing labels.</summary>
    public Citation Whole(Citation citation)
    {
        var cited = statements.Where(statement => Covers(citation, statement)).ToArray();
        if (cited.Length == 0 || Array.Exists(cited, statement => statement.Kind == StatementKind.Prose))
        {
            return text.Cite(citation.Line, citation.EndLine);
        }

        // A line of code, and one of which only a part can be shown, stands for all that is cited: what lies beside it was looked at by nobody.
        return Array.Find(cited, statement => statement.Fields.GetValueOrDefault("in") == "code" || statement.At.Line == statement.At.EndLine && !Quotation.Holds(text.Lines[statement.At.Line - 1], [statement.At.Quote]))?.At
            ?? text.CiteSettings(citation.Line, citation.EndLine) with { Kind = cited[0].At.Kind };
    }

    private static bool Covers(Citation citation, Statement statement) => statement.At.Line <= citation.EndLine && citation.Line <= statement.At.EndLine;

    private static string Visible(string line, StatementKind kind)
    {
        var trimmed = line.TrimStart();
        return trimmed.StartsWith("//", StringComparison.Ordinal) || (kind != StatementKind.Prose && trimmed.StartsWith('#')) ? ""
            : Comments().Replace(kind == StatementKind.Prose ? line : TrailingComment().Replace(line, ""), "");
    }

    [GeneratedRegex("<!--.*?(-->|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s#\s.*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex TrailingComment();
}
