using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Redaction;

/// <summary>
/// Takes secrets out of text on its way to a model, a log, an audit entry, an issue or a comment (G12). One way, marked
/// <c>[redacted:kind]</c> so that nobody mistakes the mark for the value. Redacting what is redacted changes nothing. Never applied to
/// what a tool is given to execute. The rule set is documented in docs/redaction.md.
/// </summary>
public sealed class Redactor
{
    /// <summary>The kind of a value that came from settings or a token file.</summary>
    public const string ConfiguredKind = "configured";

    /// <summary>The kind of a whole text that could not be searched in time: unread is not clean.</summary>
    public const string UnreadableKind = "unreadable";

    private const string MarkStart = "[redacted:";
    private const int ShortestConfigured = 6;

    // Taking one secret out may lay bare another that ran into it. Texts made to go on for ever are withheld whole.
    private const int MostRounds = 8;

    private static readonly HashSet<string> Kinds = [.. SecretShapes.All.Select(shape => shape.Kind), ConfiguredKind, UnreadableKind];

    private readonly string[] _configured;

    /// <param name="configured">
    /// Values read from settings and token files. Shorter than six characters are left alone: redacting "prod" everywhere hides more than it protects.
    /// </param>
    public Redactor(IEnumerable<string> configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured =
        [
            .. configured.Select(value => value.Trim()).Where(value => value.Length >= ShortestConfigured)
                .SelectMany(Spellings).Distinct(StringComparer.Ordinal),
        ];
    }

    public static Redactor WithoutConfiguredValues { get; } = new([]);

    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                var secrets = Find(text);
                if (secrets.Count == 0)
                {
                    return text;
                }

                text = Replace(text, secrets);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return Mark(UnreadableKind);
        }

        return Mark(UnreadableKind);
    }

    internal static string Mark(string kind) => $"{MarkStart}{kind}]";

    /// <summary>Whether a text is one mark and nothing else.</summary>
    internal static bool IsMark(string text) => Marks(text) is [(0, var end)] && end == text.Length;

    /// <summary>The ways one value is written: as it is, within JSON, within an address.</summary>
    private static IEnumerable<string> Spellings(string value) =>
        [value, JsonEncodedText.Encode(value).Value, value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal), Uri.EscapeDataString(value)];

    /// <summary>
    /// Where the secrets are, in order, not overlapping; marks already there are none. The rank is the index of the shape, one past the
    /// last for a configured value.
    /// </summary>
    private List<(int Start, int End, int Rank)> Find(string text)
    {
        var found = new List<(int Start, int End, int Rank)>();
        for (var rank = 0; rank < SecretShapes.All.Count && SecretShapes.MayOccurIn(text); rank++)
        {
            for (var match = SecretShapes.All[rank].Pattern.Match(text); match.Success; match = match.NextMatch())
            {
                Capture secret = match.Groups["secret"] is { Success: true } part ? part : match;
                found.Add((secret.Index, secret.Index + secret.Length, rank));
            }
        }

        foreach (var value in _configured)
        {
            for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + value.Length, StringComparison.Ordinal))
            {
                found.Add((at, at + value.Length, SecretShapes.All.Count));
            }
        }

        return found.Count == 0 ? found : Merge(WithoutMarks(found, Marks(text)));
    }

    /// <summary>Drops what lies within a mark; what runs into one takes the whole mark with it.</summary>
    private static List<(int Start, int End, int Rank)> WithoutMarks(List<(int Start, int End, int Rank)> found, List<(int Start, int End)> marks)
    {
        if (marks.Count == 0)
        {
            return found;
        }

        var kept = new List<(int Start, int End, int Rank)>(found.Count);
        foreach (var secret in found)
        {
            var (start, end, rank) = secret;
            if (MarkAround(start) is { } first)
            {
                if (end <= first.End)
                {
                    continue;
                }

                start = first.Start;
            }

            if (MarkAround(end - 1) is { } last)
            {
                end = last.End;
            }

            kept.Add((start, end, rank));
        }

        return kept;

        (int Start, int End)? MarkAround(int position)
        {
            var index = marks.BinarySearch((position, int.MaxValue));
            var before = (index < 0 ? ~index : index) - 1;
            return before >= 0 && position < marks[before].End ? marks[before] : null;
        }
    }

    private static List<(int Start, int End)> Marks(string text)
    {
        var marks = new List<(int, int)>();
        for (var at = text.IndexOf(MarkStart, StringComparison.Ordinal); at >= 0; at = text.IndexOf(MarkStart, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf(']', at);
            if (end >= 0 && Kinds.Contains(text[(at + MarkStart.Length)..end]))
            {
                marks.Add((at, end + 1));
            }
        }

        return marks;
    }

    /// <summary>Overlapping finds become one, named by the most specific shape among them.</summary>
    private static List<(int Start, int End, int Rank)> Merge(List<(int Start, int End, int Rank)> found)
    {
        found.Sort();
        var merged = new List<(int Start, int End, int Rank)>(found.Count);
        foreach (var secret in found)
        {
            if (merged is [.., var last] && secret.Start < last.End)
            {
                merged[^1] = (last.Start, Math.Max(last.End, secret.End), Math.Min(last.Rank, secret.Rank));
            }
            else
            {
                merged.Add(secret);
            }
        }

        return merged;
    }

    private static string Replace(string text, List<(int Start, int End, int Rank)> secrets)
    {
        var output = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end, rank) in secrets)
        {
            output.Append(text, from, start - from).Append(Mark(rank < SecretShapes.All.Count ? SecretShapes.All[rank].Kind : ConfiguredKind));
            from = end;
        }

        return output.Append(text, from, text.Length - from).ToString();
    }
}
