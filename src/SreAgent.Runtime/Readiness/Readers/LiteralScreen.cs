using System.Buffers;
using System.Text;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>
/// Whether any of some literals occurs in bytes, without decoding them: they are widened piece by piece into a buffer that stays in the
/// processor's cache, where the runtime's vectorised search for many strings runs. For ASCII literals. A part of each is looked for, the one
/// that begins with the rarest three characters, since those are what the search stops at: it may say yes once too often, and never no.
/// </summary>
internal sealed class LiteralScreen
{
    private const int Piece = 8192;
    private const int Most = 80;
    private const int Looked = 3;

    private readonly SearchValues<string> _literals;
    private readonly int _overlap;

    public LiteralScreen(params ReadOnlySpan<string> literals)
    {
        if (literals.Length > Most)
        {
            throw new ArgumentException($"{literals.Length} literals: beyond {Most} the runtime searches without its vectors; split them.", nameof(literals));
        }

        var parts = literals.ToArray().Select(Rarest).ToArray();
        _literals = SearchValues.Create(parts, StringComparison.Ordinal);
        _overlap = parts.Max(part => part.Length) - 1;
    }

    public bool Occurs(ReadOnlySpan<byte> content)
    {
        Span<char> piece = stackalloc char[Piece];
        while (true)
        {
            var taken = Math.Min(content.Length, Piece);
            Encoding.Latin1.GetChars(content[..taken], piece);
            if (piece[..taken].ContainsAny(_literals))
            {
                return true;
            }

            if (taken == content.Length)
            {
                return false;
            }

            content = content[(taken - _overlap)..];
        }
    }

    private static string Rarest(string literal)
    {
        var best = 0;
        for (var from = 1; from <= literal.Length - Looked; from++)
        {
            if (Commonness(literal, from) < Commonness(literal, best))
            {
                best = from;
            }
        }

        return literal[best..];
    }

    // Of source and prose alike: small letters and space are most of it, capitals and other signs are few.
    private static int Commonness(string literal, int from) =>
        literal.AsSpan(from, Math.Min(Looked, literal.Length - from)).ToArray().Sum(character => character switch
        {
            ' ' or 'e' or 't' or 'a' or 'o' or 'i' or 'n' or 's' or 'r' => 8,
            >= 'a' and <= 'z' => 6,
            '.' or '(' or '"' or '\'' or '/' or ':' or '=' => 5,
            >= 'A' and <= 'Z' or '_' or '-' => 3,
            _ => 1,
        });
}
