using System.Text;

namespace SreAgent.Core.Readiness;

/// <summary>A text file as it was read. Bytes that are no UTF-8 show as the replacement character; line ends are <c>\n</c>.</summary>
public sealed class SourceText
{
    private const int BinaryProbe = 8192;

    private readonly Lazy<string[]> _lines;

    /// <param name="path">From the root, with <c>/</c>.</param>
    /// <param name="text">Any line ends.</param>
    public SourceText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Path = path;
        Text = text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;
        _lines = new Lazy<string[]>(() => Text.Split('\n'));
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Line 1 is at index 0.</summary>
    public IReadOnlyList<string> Lines => _lines.Value;

    /// <returns>Null when the bytes are no text.</returns>
    public static SourceText? From(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes[..Math.Min(bytes.Length, BinaryProbe)].Contains((byte)0))
        {
            return null;
        }

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return new SourceText(path, Encoding.UTF8.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes));
    }

    /// <summary>The citation of some lines, with what stands there.</summary>
    public Citation Cite(int line, int endLine) => Cite(line, endLine, Quotation.Of);

    /// <summary>The citation of some lines of configuration, with what of them can be shown.</summary>
    public Citation CiteSettings(int line, int endLine) => Cite(line, endLine, PlainQuotation.OfConfiguration);

    /// <summary>The citation of a line of code, with what of it can be shown.</summary>
    /// <param name="around">What the quote should hold.</param>
    public Citation CiteCode(int line, string around) => new(Path, line, line, PlainQuotation.OfCode(Lines[line - 1], around));

    private Citation Cite(int line, int endLine, Func<IEnumerable<string>, string> quote)
    {
        var last = Math.Clamp(endLine, line, Lines.Count);
        return new Citation(Path, line, last, quote(Lines.Skip(line - 1).Take(last - line + 1)));
    }
}
