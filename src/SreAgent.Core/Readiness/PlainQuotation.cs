using System.Buffers;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness;

/// <summary>
/// What of code and configuration can be quoted without showing a secret that nothing labels as one: a password handed over by its place, a key under a
/// name of its own. What could be one is left out, and a piece that stands beside it is the quote. Labelled secrets are known by their shapes.
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

    /// <summary>Of settings and manifests: without long words of letters and digits, and without users that bring their password.</summary>
    /// <returns>Empty when nothing is left that tells anything.</returns>
    public static string OfConfiguration(IEnumerable<string> lines)
    {
        var text = Joined(lines);
        return Best(text, [.. Found(Word(), text), .. Found(User(), text)], around: null);
    }

    /// <summary>Of code: without texts that may be passwords as well. One alone is shown when it does not look like one; of several, any may be.</summary>
    /// <param name="lines">As they stand in the file.</param>
    /// <param name="around">What the quote should hold; a text that holds it is known for what it is, and shown.</param>
    /// <returns>Empty when nothing is left that tells anything.</returns>
    public static string OfCode(IReadOnlyCollection<string> lines, string? around = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = Joined(lines);
        var suspects = new List<Range>(Found(User(), text));
        var from = 0;
        foreach (var line in text.Split('\n'))
        {
            var literals = Literal().Matches(line).Where(literal => around is null || !literal.Value.Contains(around, StringComparison.Ordinal)).ToArray();
            suspects.AddRange(literals.Where(literal => literals.Length > 1 || LooksLikePassword().IsMatch(literal.Value) || Word().IsMatch(literal.Value)).Select(literal => (from + literal.Index)..(from + literal.Index + literal.Length)));
            from += line.Length + 1;
        }

        return Best(text, suspects, around);
    }

    private static string Joined(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        // Whole words: half of a secret is not known for one.
        return text.Length <= Looked ? text : text[..(text.AsSpan(0, Looked).LastIndexOfAnyExcept(OfWords) + 1)];
    }

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

    [GeneratedRegex(@"[^\s:'""@/]{1,200}:[^\s:'""@/]{1,200}@", Options, TimeoutMilliseconds)]
    private static partial Regex User();

    // To its closing mark, or to the end of the line where it has none.
    [GeneratedRegex(@"""([^""\\]|\\.)*(""|$)|'([^'\\]|\\.)*('|$)|`([^`\\]|\\.)*(`|$)", Options, TimeoutMilliseconds)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^.(?=.*[A-Za-z])(?=.*[0-9])[^\s/.:]+.?$", Options, TimeoutMilliseconds)]
    private static partial Regex LooksLikePassword();
}
