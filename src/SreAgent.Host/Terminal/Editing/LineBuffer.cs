using System.Globalization;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Terminal.Editing;

/// <summary>The text being typed and the cursor in it. The cursor stands between characters as people count them.</summary>
internal sealed class LineBuffer
{
    private string _killed = "";

    public string Text { get; private set; } = "";

    /// <summary>Index into <see cref="Text"/>, on a character boundary.</summary>
    public int Cursor { get; private set; }

    public string BeforeCursor => Text[..Cursor];

    private int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    public void Set(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Inserts what can be seen; control characters in typed or pasted text are left out, line feeds and tabs kept readable.</summary>
    public void Insert(string text)
    {
        var visible = string.Concat(text.Replace("\t", "    ", StringComparison.Ordinal).Where(static c => c == '\n' || !char.IsControl(c)));
        Text = Text.Insert(Cursor, visible);
        Cursor += visible.Length;
    }

    public void Replace(int from, string text)
    {
        Text = Text.Remove(from, Cursor - from);
        Cursor = from;
        Insert(text);
    }

    /// <summary>Moves or changes by one editing key. False when the key means nothing here.</summary>
    public bool Apply(Key key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Text or KeyKind.Paste }:
                Insert(key.Text);
                return true;
            case { Kind: KeyKind.LineBreak }:
                Insert("\n");
                return true;
            case { Kind: KeyKind.Left } or { Kind: KeyKind.Control, Text: "b" }:
                Cursor = Previous();
                return true;
            case { Kind: KeyKind.Right } or { Kind: KeyKind.Control, Text: "f" }:
                Cursor = Next();
                return true;
            case { Kind: KeyKind.WordLeft }:
                Cursor = PreviousWord();
                return true;
            case { Kind: KeyKind.WordRight }:
                Cursor = NextWord();
                return true;
            case { Kind: KeyKind.Home } or { Kind: KeyKind.Control, Text: "a" }:
                Cursor = LineStart;
                return true;
            case { Kind: KeyKind.End } or { Kind: KeyKind.Control, Text: "e" }:
                Cursor = LineEnd;
                return true;
            default:
                return Remove(key);
        }
    }

    /// <summary>One line up or down within a text of several. False at its edge.</summary>
    public bool MoveLine(int direction)
    {
        var column = Cursor - LineStart;
        if (direction < 0)
        {
            if (LineStart == 0)
            {
                return false;
            }

            var start = LineStart < 2 ? 0 : Text.LastIndexOf('\n', LineStart - 2) + 1;
            Cursor = OnBoundary(Math.Min(start + column, LineStart - 1));
            return true;
        }

        if (LineEnd == Text.Length)
        {
            return false;
        }

        var next = LineEnd + 1;
        var nextEnd = Text.IndexOf('\n', next) is >= 0 and var end ? end : Text.Length;
        Cursor = OnBoundary(Math.Min(next + column, nextEnd));
        return true;
    }

    private bool Remove(Key key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Backspace }:
                Cut(Previous(), Cursor, keep: false);
                return true;
            case { Kind: KeyKind.Delete } or { Kind: KeyKind.Control, Text: "d" }:
                Cut(Cursor, Next(), keep: false);
                return true;
            case { Kind: KeyKind.Control, Text: "k" }:
                Cut(Cursor, LineEnd == Cursor ? Next() : LineEnd, keep: true);
                return true;
            case { Kind: KeyKind.Control, Text: "u" }:
                Cut(LineStart, Cursor, keep: true);
                return true;
            case { Kind: KeyKind.Control, Text: "w" }:
                Cut(PreviousWord(), Cursor, keep: true);
                return true;
            case { Kind: KeyKind.Control, Text: "y" }:
                Insert(_killed);
                return true;
            default:
                return false;
        }
    }

    private void Cut(int from, int to, bool keep)
    {
        if (keep && to > from)
        {
            _killed = Text[from..to];
        }

        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    private int Previous() => Cursor == 0 ? 0 : OnBoundary(Cursor - 1);

    private int Next() => Cursor == Text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    private int PreviousWord()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int NextWord()
    {
        var at = Cursor;
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The last character boundary not after an index.</summary>
    private int OnBoundary(int index)
    {
        var at = 0;
        while (at < index)
        {
            var next = at + StringInfo.GetNextTextElementLength(Text, at);
            if (next > index)
            {
                break;
            }

            at = next;
        }

        return at;
    }
}
