using System.Text.RegularExpressions;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>What a line of Markdown starts or belongs to, seen by itself.</summary>
internal enum MarkdownBlockKind
{
    /// <summary>Blank, or nothing yet.</summary>
    None = 0,
    Paragraph,
    Heading,
    ListItem,
    Table,
    Quote,
    Rule,
    Fence,
    Indented,
}

/// <summary>Reads lines of Markdown one at a time, as far as streaming needs to know.</summary>
internal static partial class MarkdownLine
{
    private const int Timeout = 100;

    public static MarkdownBlockKind KindOf(string line) =>
        string.IsNullOrWhiteSpace(line) ? MarkdownBlockKind.None
        : IsIndented(line) ? MarkdownBlockKind.Indented
        : Fence().IsMatch(line) ? MarkdownBlockKind.Fence
        : Heading().IsMatch(line) ? MarkdownBlockKind.Heading
        : Rule().IsMatch(line) ? MarkdownBlockKind.Rule
        : ListItem().IsMatch(line) ? MarkdownBlockKind.ListItem
        : line.TrimStart().StartsWith('>') ? MarkdownBlockKind.Quote
        : line.TrimStart().StartsWith('|') ? MarkdownBlockKind.Table
        : MarkdownBlockKind.Paragraph;

    public static bool IsIndented(string line) => line.StartsWith("  ", StringComparison.Ordinal) || line.StartsWith('\t');

    public static string FenceOf(string line) => Fence().Match(line).Groups["fence"].Value;

    public static bool Closes(string line, string fence) =>
        line.Trim() is var mark && mark.Length >= fence.Length && mark.All(c => c == fence[0]);

    /// <summary>
    /// Whether the beginning of a line can be nothing but a paragraph, whatever follows. A letter decides it; a digit may become a list,
    /// a star emphasis or a list.
    /// </summary>
    public static bool IsSurelyParagraph(string start) =>
        start.Length > 0 && KindOf(start) == MarkdownBlockKind.Paragraph
        && (char.IsLetter(start[0]) || start[0] is '(' or '"' or '\'' || SurelyParagraph().IsMatch(start));

    /// <summary>Length of the part that later text cannot change: up to the last white space with no mark left open before it.</summary>
    public static int SettledLength(string text)
    {
        var settled = 0;
        bool code = false, strong = false, emphasis = false, struck = false;
        var brackets = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var doubled = i + 1 < text.Length && text[i + 1] == text[i];
            switch (text[i])
            {
                case '\\' when !code:
                    i++;
                    break;
                case '`':
                    code = !code;
                    break;
                case var _ when code:
                    break;
                case '*' when doubled:
                    strong = !strong;
                    i++;
                    break;
                case '*' when emphasis || (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1])):
                    emphasis = !emphasis;
                    break;
                case '~' when doubled:
                    struck = !struck;
                    i++;
                    break;
                case '[':
                    brackets++;
                    break;
                case ']' when brackets > 0 && !(i + 1 < text.Length && text[i + 1] == '('):
                    brackets--;
                    break;
                case ')' when brackets > 0:
                    brackets--;
                    break;
                case ' ' or '\n' when !strong && !emphasis && !struck && brackets == 0:
                    settled = i + 1;
                    break;
            }
        }

        return settled;
    }

    [GeneratedRegex(@"^ {0,1}(?<fence>`{3,}|~{3,})", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ {0,1}#{1,6}(\s|$)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,1}(?<mark>[-*_])\s*(\k<mark>\s*){2,}$", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^ {0,1}([-*+]|\d{1,9}[.)])(\s|$)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^(\*\*?[^\s*]|`[^`]|\[|\d+[^\d.)]|[^\p{P}\p{S}\s\d])", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex SurelyParagraph();
}
