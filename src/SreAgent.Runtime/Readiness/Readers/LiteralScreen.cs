using System.Buffers;
using System.Text;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>
/// Whether any of some literals occurs in bytes, without decoding them: they are widened piece by piece into a buffer that stays in the
/// processor's cache, where the runtime's vectorised search for many strings runs. For ASCII literals. Of each, the part is looked for that
/// begins with its rarest three characters, since those are what the search stops at; where a part stands, the whole is compared.
/// </summary>
internal sealed class LiteralScreen
{
    private const int Piece = 8192;

    // More at once and the runtime puts several into one bucket, which stops at many places that hold none of them.
    private const int AtOnce = 8;
    private const int Looked = 3;

    // A shorter part would stand in nearly every file.
    private const int ShortestPart = 6;

    private readonly (byte[] Whole, int Before)[] _literals;
    private readonly SearchValues<string>[] _parts;
    private readonly int _overlap;

    public LiteralScreen(params ReadOnlySpan<string> literals)
    {
        // Where one holds another, the other is found whenever it is.
        var given = literals.ToArray().Distinct(StringComparer.Ordinal).ToArray();
        var wholes = given.Where(literal => !given.Any(other => other.Length < literal.Length && literal.Contains(other, StringComparison.Ordinal))).ToArray();
        _literals = [.. wholes.Select(literal => (Encoding.ASCII.GetBytes(literal), Rarest(literal)))];
        _parts = [.. wholes.Select(literal => literal[Rarest(literal)..]).Order(StringComparer.Ordinal).Chunk(AtOnce).Select(parts => SearchValues.Create(parts, StringComparison.Ordinal))];
        _overlap = wholes.Max(literal => literal.Length - Rarest(literal)) - 1;
    }

    public bool Occurs(ReadOnlySpan<byte> content)
    {
        var piece = ArrayPool<char>.Shared.Rent(Piece);
        try
        {
            for (var from = 0; ; from += Piece - _overlap)
            {
                var taken = Math.Min(content.Length - from, Piece);
                Encoding.Latin1.GetChars(content.Slice(from, taken), piece);
                if (OccursAround(content, from, piece.AsSpan(0, taken)))
                {
                    return true;
                }

                if (from + taken == content.Length)
                {
                    return false;
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(piece);
        }
    }

    private bool OccursAround(ReadOnlySpan<byte> content, int from, ReadOnlySpan<char> piece)
    {
        foreach (var parts in _parts)
        {
            for (var at = piece.IndexOfAny(parts); at >= 0;)
            {
                if (StandsAround(content, from + at))
                {
                    return true;
                }

                var next = piece[(at + 1)..].IndexOfAny(parts);
                at = next < 0 ? next : at + 1 + next;
            }
        }

        return false;
    }

    private bool StandsAround(ReadOnlySpan<byte> content, int at)
    {
        foreach (var (whole, before) in _literals)
        {
            if (at >= before && content[(at - before)..].StartsWith(whole))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the part begins that is looked for.</summary>
    private static int Rarest(string literal)
    {
        var best = 0;
        for (var from = 1; from <= literal.Length - ShortestPart; from++)
        {
            if (Commonness(literal, from) < Commonness(literal, best))
            {
                best = from;
            }
        }

        return best;
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
