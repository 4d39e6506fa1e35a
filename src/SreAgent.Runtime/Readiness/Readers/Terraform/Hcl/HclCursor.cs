namespace SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

/// <summary>A place in HCL text: looks ahead, moves on, counts lines.</summary>
internal sealed class HclCursor(string text)
{
    private const char End = '\0';

    private int _at;

    public int Line { get; private set; } = 1;

    /// <summary>Of what was taken last that was no space.</summary>
    public int LastLine { get; private set; } = 1;

    public bool AtEnd => _at >= text.Length;

    public char Next => Peek(0);

    public bool AtComment => Next == '#' || (Next == '/' && Peek(1) is '/' or '*');

    public static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.';

    public char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : End;

    public char Take()
    {
        var taken = text[_at++];
        if (taken == '\n')
        {
            Line++;
        }
        else if (!char.IsWhiteSpace(taken))
        {
            LastLine = Line;
        }

        return taken;
    }

    public string TakeName()
    {
        var from = _at;
        while (!AtEnd && IsName(Next))
        {
            Take();
        }

        return text[from.._at];
    }

    /// <summary>Without the quotes; a template in it may hold quotes of its own. Ends with the line when it is not closed.</summary>
    public string TakeQuoted()
    {
        Take();
        var (from, within) = (_at, 0);
        while (!AtEnd && Next != '\n')
        {
            if (Next == '\\')
            {
                Take();
                if (AtEnd || Next == '\n')
                {
                    break;
                }
            }
            else if (Next is '$' or '%' && Peek(1) == '{')
            {
                within++;
                Take();
            }
            else if (Next == '}' && within > 0)
            {
                within--;
            }
            else if (Next == '"' && within == 0)
            {
                var quoted = text[from.._at];
                Take();
                return quoted;
            }

            Take();
        }

        return text[from.._at];
    }

    /// <summary>A list, map or call as written, over as many lines as it takes.</summary>
    public string TakeBalanced()
    {
        var from = _at;
        Take();
        SkipDepth(1);
        return text[from.._at];
    }

    /// <summary>To the end of what was opened before.</summary>
    public void SkipToClose() => SkipDepth(1);

    public string TakeHeredoc()
    {
        Skip(2);
        if (Next == '-')
        {
            Take();
        }

        var mark = TakeName();
        SkipLine();
        var from = _at;
        while (!AtEnd)
        {
            var start = _at;
            SkipLine();
            if (text.AsSpan(start, _at - start).Trim().SequenceEqual(mark))
            {
                return text[from..start];
            }
        }

        return text[from.._at];
    }

    public void SkipBlanks()
    {
        while (Next is ' ' or '\t' or '\r')
        {
            Take();
        }
    }

    public void SkipSpace()
    {
        while (!AtEnd)
        {
            if (AtComment)
            {
                SkipComment();
            }
            else if (char.IsWhiteSpace(Next) || Next == ',')
            {
                Take();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Up to the end of the line, which stays, or past the end of a block comment.</summary>
    public void SkipComment()
    {
        if (Peek(1) != '*' || Next == '#')
        {
            var end = text.IndexOf('\n', _at);
            _at = end < 0 ? text.Length : end;
            return;
        }

        Skip(2);
        while (!AtEnd && !(Next == '*' && Peek(1) == '/'))
        {
            Take();
        }

        Skip(2);
    }

    /// <summary>Past the end of the line.</summary>
    public void SkipLine()
    {
        while (!AtEnd && Take() != '\n')
        {
            // Taking is all that is wanted.
        }
    }

    private void SkipDepth(int depth)
    {
        while (!AtEnd && depth > 0)
        {
            if (AtComment)
            {
                SkipComment();
            }
            else if (Next == '"')
            {
                TakeQuoted();
            }
            else if (Next == '<' && Peek(1) == '<' && (Peek(2) == '-' || char.IsAsciiLetter(Peek(2))))
            {
                TakeHeredoc();
            }
            else
            {
                depth += Next is '[' or '{' or '(' ? 1 : Next is ']' or '}' or ')' ? -1 : 0;
                Take();
            }
        }
    }

    private void Skip(int count)
    {
        for (; count > 0 && !AtEnd; count--)
        {
            Take();
        }
    }
}
