using System.Text;

namespace SreAgent.Host.Terminal.Keys;

/// <summary>
/// Turns the bytes a terminal sends into keys: UTF-8, the control characters, the escape sequences of xterm and its descendants
/// (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html), bracketed paste. Sequences may arrive in pieces.
/// </summary>
internal sealed class KeyDecoder
{
    private const byte Escape = 0x1b;
    private const byte Rubout = 0x7f;
    private const int LongestPaste = 1 << 20;
    private static readonly byte[] PasteEnd = "\u001b[201~"u8.ToArray();

    private readonly List<byte> _pending = [];
    private bool _pasting;

    /// <param name="bytes">One read from the terminal. An escape that ends it is the key of that name.</param>
    public IReadOnlyList<Key> Feed(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        var keys = new List<Key>();
        while (_pending.Count > 0 && TakeOne(keys))
        {
        }

        return keys;
    }

    /// <summary>False when more bytes are needed.</summary>
    private bool TakeOne(List<Key> keys)
    {
        if (_pasting)
        {
            return TakePaste(keys);
        }

        switch (_pending[0])
        {
            case Escape:
                return TakeEscape(keys);
            case (byte)'\r' or (byte)'\n':
                return Take(1, keys, new Key(KeyKind.Enter));
            case (byte)'\t':
                return Take(1, keys, new Key(KeyKind.Tab));
            case Rubout or (byte)'\b':
                return Take(1, keys, new Key(KeyKind.Backspace));
            case < 0x20 and var control:
                return Take(1, keys, control == 0 ? null : Key.Ctrl((char)(control | 0x60)));
            default:
                return TakeText(keys);
        }
    }

    private bool TakeText(List<Key> keys)
    {
        var length = _pending.FindIndex(static value => value < 0x20 || value == Rubout);
        var run = _pending.GetRange(0, length < 0 ? _pending.Count : length).ToArray();
        var whole = length < 0 ? WholeCharacters(run) : run.Length;
        return whole != 0 && Take(whole, keys, Key.Of(Encoding.UTF8.GetString(run, 0, whole)));
    }

    /// <summary>How many bytes stand before a character that is not complete yet.</summary>
    private static int WholeCharacters(byte[] bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            var needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : lead < 0x80 ? 1 : 0;
            if (needed > 0)
            {
                return needed > back ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }

    private bool TakeEscape(List<Key> keys)
    {
        if (_pending.Count == 1)
        {
            return Take(1, keys, new Key(KeyKind.Escape));
        }

        switch (_pending[1])
        {
            case (byte)'[':
                var end = _pending.FindIndex(2, static value => value is >= 0x40 and <= 0x7e);
                if (end < 0)
                {
                    return false;
                }

                var parameters = Encoding.ASCII.GetString([.. _pending.GetRange(2, end - 2)]);
                var final = (char)_pending[end];
                _pasting = final == '~' && parameters == "200";
                return Take(end + 1, keys, Sequence(parameters, final));
            case (byte)'O':
                return _pending.Count > 2 && Take(3, keys, Sequence("", (char)_pending[2]));
            case (byte)'\r' or (byte)'\n':
                return Take(2, keys, new Key(KeyKind.LineBreak));
            case (byte)'b':
                return Take(2, keys, new Key(KeyKind.WordLeft));
            case (byte)'f':
                return Take(2, keys, new Key(KeyKind.WordRight));
            case Rubout or (byte)'\b':
                return Take(2, keys, Key.Ctrl('w'));
            case Escape:
                return Take(1, keys, new Key(KeyKind.Escape));
            default:
                return Take(2, keys, key: null);
        }
    }

    private static Key? Sequence(string parameters, char final)
    {
        // "1;5" before the final letter: modifier 5 is Ctrl, 3 is Alt; both mean "by word" on an arrow.
        var byWord = parameters.EndsWith(";5", StringComparison.Ordinal) || parameters.EndsWith(";3", StringComparison.Ordinal);
        KeyKind? kind = (final, parameters) switch
        {
            ('A', _) => KeyKind.Up,
            ('B', _) => KeyKind.Down,
            ('C', _) => byWord ? KeyKind.WordRight : KeyKind.Right,
            ('D', _) => byWord ? KeyKind.WordLeft : KeyKind.Left,
            ('H', _) or ('~', "1" or "7") => KeyKind.Home,
            ('F', _) or ('~', "4" or "8") => KeyKind.End,
            ('~', "3") => KeyKind.Delete,
            _ => null,
        };
        return kind is { } known ? new Key(known) : null;
    }

    private bool TakePaste(List<Key> keys)
    {
        var end = IndexOfPasteEnd();
        if (end < 0 && _pending.Count < LongestPaste)
        {
            return false;
        }

        var length = end < 0 ? _pending.Count : end;
        var text = Encoding.UTF8.GetString([.. _pending.GetRange(0, length)]);
        _pasting = end < 0;
        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return Take(end < 0 ? length : length + PasteEnd.Length, keys, new Key(KeyKind.Paste, normal));
    }

    private int IndexOfPasteEnd()
    {
        for (var i = 0; i + PasteEnd.Length <= _pending.Count; i++)
        {
            if (_pending[i] == Escape && _pending.GetRange(i, PasteEnd.Length).SequenceEqual(PasteEnd))
            {
                return i;
            }
        }

        return -1;
    }

    private bool Take(int count, List<Key> keys, Key? key)
    {
        _pending.RemoveRange(0, count);
        if (key is { } known)
        {
            keys.Add(known);
        }

        return true;
    }
}
