namespace SreAgent.Core.Readiness;

/// <summary>How lines of a file are quoted, and whether a quote is really there.</summary>
public static class Quotation
{
    /// <summary>Longest quote in characters.</summary>
    public const int Longest = 300;

    private const char Cut = '…';

    public static string Of(IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
        return text.Length <= Longest ? text : text[..WholeRunes(text, Longest - 1)].TrimEnd() + Cut;
    }

    /// <summary>A piece from anywhere in what is cited: shown as far as a quote goes, without the mark that says where the lines begin.</summary>
    public static string Part(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        var whole = piece.Length > 0 && char.IsLowSurrogate(piece[0]) ? piece[1..] : piece;
        return whole.Length == 0 ? "" : whole[..WholeRunes(whole, Math.Min(whole.Length, Longest))].TrimEnd();
    }

    /// <summary>Whether these lines say what the quote says, space and line ends aside. A cut quote has to be their beginning.</summary>
    public static bool Holds(string quote, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var said = Words(quote.TrimEnd(Cut));
        var there = Words(string.Join(' ', lines));
        return said.Length > 0 && (quote.EndsWith(Cut) ? there.StartsWith(said, StringComparison.Ordinal) : there.Contains(said, StringComparison.Ordinal));
    }

    private static int WholeRunes(string text, int at) => char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
