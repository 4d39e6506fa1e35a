namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Collects the lines of a paragraph of a format that is read line by line.</summary>
internal sealed class LineBlocks
{
    private VisibleText _words = new();
    private int _depth;
    private int _lead;
    private bool? _box;

    /// <summary>Depth of the list item the lines belong to; 0 outside of lists.</summary>
    public int Depth { get; private set; }

    public bool IsEmpty => _words.IsEmpty;

    public IEnumerable<ProseBlock> Item(int depth)
    {
        foreach (var block in End())
        {
            yield return block;
        }

        Depth = depth;
        yield return new ProseBlock.Item(depth);
    }

    public void Add(string text, int line)
    {
        if (_words.IsEmpty)
        {
            _depth = Depth;
            (_box, text) = text switch
            {
                ['[', ' ', ']', .. var rest] => (false, rest.TrimStart()),
                ['[', 'x' or 'X' or '*', ']', .. var rest] => (true, rest.TrimStart()),
                _ => ((bool?)null, text),
            };
            _lead = Lead(text);
        }
        else
        {
            _words.Add(" ", line);
        }

        _words.Add(AsciiDocInlines.Plain(text), line);
    }

    /// <summary>The paragraph so far, and what is outside of any list comes next when <paramref name="leaves"/>.</summary>
    public IEnumerable<ProseBlock> End(bool leaves = false)
    {
        if (!_words.IsEmpty)
        {
            yield return new ProseBlock.Paragraph(_depth, _words, _lead, _box, OnlyLink: false);
            _words = new VisibleText();
        }

        if (leaves)
        {
            Depth = 0;
        }
    }

    private static int Lead(string text)
    {
        var marks = text.StartsWith("**", StringComparison.Ordinal) ? 2 : text.StartsWith('*') ? 1 : 0;
        var end = marks > 0 ? text.IndexOf(new string('*', marks), marks, StringComparison.Ordinal) : -1;
        return end > marks ? end - marks : 0;
    }
}
