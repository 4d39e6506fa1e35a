using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Terminal.Editing;

/// <summary>What a key did to the line.</summary>
internal enum EditOutcome
{
    Edited = 0,

    /// <summary>The text is complete.</summary>
    Submitted,

    /// <summary>Ctrl+C.</summary>
    Interrupted,

    /// <summary>Ctrl+D on an empty line, or the terminal went away.</summary>
    EndOfInput,

    /// <summary>Ctrl+L.</summary>
    ClearScreen,

    /// <summary>Tab found several: <see cref="LineEditor.Candidates"/>.</summary>
    Candidates,
}

/// <summary>Keys to text: editing, history, completion. Knows nothing of a screen.</summary>
internal sealed class LineEditor(IReadOnlyList<string> history, Func<string, Completion> complete)
{
    private int _historyAt = history.Count;
    private string _draft = "";
    private string? _sought;

    public LineBuffer Buffer { get; } = new();

    public IReadOnlyList<string> Candidates { get; private set; } = [];

    /// <summary>What Ctrl+R looks for. Absent when not searching.</summary>
    public string? Sought => _sought;

    public EditOutcome Apply(Key key)
    {
        if (_sought is not null && Search(key))
        {
            return EditOutcome.Edited;
        }

        switch (key)
        {
            case { Kind: KeyKind.Enter }:
                return Enter();
            case { Kind: KeyKind.HangUp }:
                return EditOutcome.EndOfInput;
            case { Kind: KeyKind.Tab }:
                return Complete();
            case { Kind: KeyKind.Control, Text: "c" }:
                return EditOutcome.Interrupted;
            case { Kind: KeyKind.Control, Text: "d" } when Buffer.Text.Length == 0:
                return EditOutcome.EndOfInput;
            case { Kind: KeyKind.Control, Text: "l" }:
                return EditOutcome.ClearScreen;
            case { Kind: KeyKind.Control, Text: "r" }:
                _sought = "";
                return EditOutcome.Edited;
            case { Kind: KeyKind.Up } or { Kind: KeyKind.Control, Text: "p" }:
                return Move(-1);
            case { Kind: KeyKind.Down } or { Kind: KeyKind.Control, Text: "n" }:
                return Move(+1);
            default:
                Buffer.Apply(key);
                return EditOutcome.Edited;
        }
    }

    private EditOutcome Enter()
    {
        if (Buffer.Cursor == Buffer.Text.Length && Buffer.Text.EndsWith('\\'))
        {
            Buffer.Replace(Buffer.Cursor - 1, "\n");
            return EditOutcome.Edited;
        }

        return EditOutcome.Submitted;
    }

    private EditOutcome Move(int direction)
    {
        if (Buffer.MoveLine(direction))
        {
            return EditOutcome.Edited;
        }

        var next = _historyAt + direction;
        if (next < 0 || next > history.Count)
        {
            return EditOutcome.Edited;
        }

        if (_historyAt == history.Count)
        {
            _draft = Buffer.Text;
        }

        _historyAt = next;
        Buffer.Set(next == history.Count ? _draft : history[next]);
        return EditOutcome.Edited;
    }

    /// <summary>False when the key ends the search and means what it always means.</summary>
    private bool Search(Key key)
    {
        switch (key)
        {
            case { Kind: KeyKind.Text }:
                _sought += key.Text;
                _historyAt = history.Count;
                Find();
                return true;
            case { Kind: KeyKind.Backspace } when _sought!.Length > 0:
                _sought = _sought[..^1];
                _historyAt = history.Count;
                Find();
                return true;
            case { Kind: KeyKind.Control, Text: "r" }:
                Find();
                return true;
            case { Kind: KeyKind.Escape } or { Kind: KeyKind.Control, Text: "g" }:
                _sought = null;
                return true;
            default:
                _sought = null;
                return false;
        }
    }

    private void Find()
    {
        for (var i = _historyAt - 1; i >= 0; i--)
        {
            if (history[i].Contains(_sought!, StringComparison.OrdinalIgnoreCase))
            {
                _historyAt = i;
                Buffer.Set(history[i]);
                return;
            }
        }
    }

    private EditOutcome Complete()
    {
        var completion = complete(Buffer.BeforeCursor);
        switch (completion.Candidates)
        {
            case []:
                return EditOutcome.Edited;
            case [var only]:
                Buffer.Replace(completion.From, only + " ");
                return EditOutcome.Edited;
        }

        var common = completion.Candidates.Aggregate(CommonStart);
        if (common.Length > Buffer.Cursor - completion.From)
        {
            Buffer.Replace(completion.From, common);
            return EditOutcome.Edited;
        }

        Candidates = completion.Candidates;
        return EditOutcome.Candidates;
    }

    private static string CommonStart(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[length] == right[length])
        {
            length++;
        }

        return left[..length];
    }
}

/// <param name="From">Where in the text before the cursor the completed word starts.</param>
/// <param name="Candidates">What it may become; whole words.</param>
internal sealed record Completion(int From, IReadOnlyList<string> Candidates)
{
    public static Completion None { get; } = new(0, []);
}
