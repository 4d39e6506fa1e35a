using System.Buffers;
using System.Text;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>
/// Whether any of some literals occurs in bytes, without decoding them: they are widened piece by piece into a buffer that stays in the
/// processor's cache, where the runtime's vectorised search for many strings runs. Exact for ASCII literals.
/// </summary>
internal sealed class LiteralScreen
{
    private const int Piece = 8192;

    private readonly SearchValues<string> _literals;
    private readonly int _overlap;

    public LiteralScreen(params ReadOnlySpan<string> literals)
    {
        _literals = SearchValues.Create(literals, StringComparison.Ordinal);
        foreach (var literal in literals)
        {
            _overlap = Math.Max(_overlap, literal.Length - 1);
        }
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
}
