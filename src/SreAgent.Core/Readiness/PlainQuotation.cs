using System.Buffers;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness;

/// <summary>
/// What of code and configuration can be quoted without showing a secret that nothing labels as one: a password handed over by its place, a key under a
/// name of its own. What could be one is left out, and a piece that stands beside it is the quote. Labelled secrets are known by their shapes; a password
/// that looks like any other word of a command is not known for one.
/// </summary>
public static partial class PlainQuotation
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int TimeoutMilliseconds = 10_000;

    // A quote is from the beginning of what is cited, or from near it.
    private const int Looked = 4 * Quotation.Longest;

    private static readonly SearchValues<char> OfWords = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    // In letters and digits: a bracket and a name say nothing.
    private const int Telling = 12;

    private const int DigitsOfKey = 3;

    /// <summary>Of settings and manifests: without long words of letters and digits, and without users that bring their password.</summary>
    /// <returns>Empty when nothing is left that tells anything.</returns>
    public static string OfConfiguration(IEnumerable<string> lines)
    {
        var text = Joined(lines);
        return Best(text, Suspects(text), around: null);
    }

    /// <summary>Of code: without texts that may be passwords as well. One alone is shown when it does not look like one; of several, any may be.</summary>
    /// <param name="line">As it stands in the file.</param>
    /// <param name="around">What the quote should hold; a text that holds it is known for what it is, and shown (of an address, up to there).</param>
    /// <returns>Empty when nothing is left that tells anything.</returns>
    public static string OfCode(string line, string around)
    {
        var text = Joined([line]);
        // Names in code are long, and some have a digit or two.
        var suspects = Suspects(text).FindAll(suspect => text[suspect].Count(char.IsAsciiDigit) >= DigitsOfKey || text[suspect].EndsWith('@'));
        var literals = Literal().Matches(text).Select(literal => (literal.Index, literal.Value, Ends: literal.Groups["end"].Success, Known: literal.Groups["end"].Success ? literal.Value.IndexOf(around, StringComparison.Ordinal) : -1)).ToArray();
        var several = literals.Count(literal => literal.Known < 0) > 1;
        foreach (var (at, literal, ends, known) in literals)
        {
            if (known >= 0 ? literal.Contains("://", StringComparison.Ordinal) : several || !ends || LooksLikePassword().IsMatch(literal))
            {
                suspects.Add((at + (known >= 0 ? known + around.Length : 0))..(at + literal.Length));
            }
        }

        return Best(text, suspects, around);
    }

    private static string Joined(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        // Whole words: half of a secret is not known for one.
        return text.Length <= Looked ? text : text[..(text.AsSpan(0, Looked).LastIndexOfAnyExcept(OfWords) + 1)];
    }

    private static List<Range> Suspects(string text) => [.. Found(Word(), text), .. Found(Identifier(), text), .. Found(Encoded(), text), .. Found(User(), text)];

    private static IEnumerable<Range> Found(Regex shape, string text) => shape.Matches(text).Select(match => match.Index..(match.Index + match.Length));

    private static string Best(string text, List<Range> suspects, string? around)
    {
        if (suspects.Count == 0)
        {
            return Quotation.Of([text]);
        }

        var pieces = Between(text, suspects);
        var best = (around is null ? null : pieces.Find(piece => piece.Contains(around, StringComparison.Ordinal)))
            ?? pieces.Find(piece => piece.Count(char.IsLetterOrDigit) >= Telling)
            ?? pieces.MaxBy(piece => piece.Count(char.IsLetterOrDigit));
        return best is null || !best.Any(char.IsLetterOrDigit) ? "" : Quotation.Part(best);
    }

    private static List<string> Between(string text, List<Range> suspects)
    {
        var pieces = new List<string>();
        var from = 0;
        foreach (var suspect in suspects.OrderBy(suspect => suspect.Start.Value))
        {
            if (suspect.Start.Value > from)
            {
                pieces.Add(text[from..suspect.Start.Value].Trim());
            }

            from = Math.Max(from, suspect.End.Value);
        }

        pieces.Add(text[from..].Trim());
        return pieces;
    }

    // A digest behind its algorithm and a pinned commit are public, and tell which version runs.
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<!sha(256|512):)(?<!@(?=[0-9a-f]{40}\b))(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{16,}", Options, TimeoutMilliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])", Options, TimeoutMilliseconds)]
    private static partial Regex Identifier();

    // Base64, with what it has besides letters and digits.
    [GeneratedRegex(@"(?<![\w+/-])(?=[\w+/-]*[0-9][\w+/-]*[0-9])(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{24,}={0,2}", Options, TimeoutMilliseconds)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"[^\s:'""@/]{1,200}:[^\s:'""@/]{1,200}@", Options, TimeoutMilliseconds)]
    private static partial Regex User();

    // To its closing mark, or to the end of the line where it has none.
    [GeneratedRegex(@"""([^""\\]|\\.)*((?<end>"")|$)|'([^'\\]|\\.)*((?<end>')|$)|`([^`\\]|\\.)*((?<end>`)|$)", Options, TimeoutMilliseconds)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^.(?=.*[A-Za-z])((?=.*[0-9])[^\s/.:]+|(?=.*[!#$%^&*?~])[^\s/:]+).?$", Options, TimeoutMilliseconds)]
    private static partial Regex LooksLikePassword();
}
