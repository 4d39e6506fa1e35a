namespace SreAgent.Core.Toml;

/// <summary>A place in a TOML text: looks ahead, moves on, counts lines, and says what is wrong where.</summary>
internal sealed class TomlCursor(string text)
{
    public const char End = '\0';

    private int _at;

    public int Line { get; private set; } = 1;

    public bool AtEnd => _at >= text.Length;

    /// <summary><see cref="End"/> beyond the last character; a real one is refused as a control character wherever it may stand.</summary>
    public char Next => Peek(0);

    public char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : End;

    public char Take()
    {
        var taken = text[_at++];
        if (taken == '\n')
        {
            Line++;
        }

        return taken;
    }

    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Take();
        }
    }

    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(text, _at, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        Skip(expected.Length);
        return true;
    }

    public void Expect(char expected)
    {
        if (AtEnd || Next != expected)
        {
            throw Fault($"expected '{expected}', found {Shown}");
        }

        Take();
    }

    public void SkipBlanks()
    {
        while (Next is ' ' or '\t')
        {
            Take();
        }
    }

    /// <summary>Blanks, newlines and comments, as they may stand inside an array and between statements.</summary>
    public void SkipLines()
    {
        while (true)
        {
            SkipBlanks();
            SkipComment();
            if (!TryNewline())
            {
                return;
            }
        }
    }

    /// <summary>What follows a statement: nothing but a comment, then a newline or the end.</summary>
    public void EndStatement()
    {
        SkipBlanks();
        SkipComment();
        if (!AtEnd && !TryNewline())
        {
            throw Fault($"expected the end of the line, found {Shown}");
        }
    }

    public bool TryNewline()
    {
        if (Next == '\n')
        {
            Take();
            return true;
        }

        if (Next == '\r' && Peek(1) == '\n')
        {
            Skip(2);
            return true;
        }

        return false;
    }

    /// <summary>Takes characters as long as <paramref name="belongs"/> says so.</summary>
    public string TakeWhile(Func<char, bool> belongs)
    {
        var from = _at;
        while (!AtEnd && belongs(Next))
        {
            Take();
        }

        return text[from.._at];
    }

    public static bool IsControl(char character) => character is (< ' ' and not '\t') or '\u007f';

    public TomlException Fault(string problem) => new(Line, problem);

    public string Shown => AtEnd ? "the end of the file" : Next is '\n' or '\r' ? "the end of the line" : IsControl(Next) ? $"the control character U+{(int)Next:X4}" : $"'{Next}'";

    private void SkipComment()
    {
        if (Next != '#')
        {
            return;
        }

        while (!AtEnd && Next != '\n' && !(Next == '\r' && Peek(1) == '\n'))
        {
            if (IsControl(Next))
            {
                throw Fault($"a comment cannot hold {Shown}");
            }

            Take();
        }
    }
}
