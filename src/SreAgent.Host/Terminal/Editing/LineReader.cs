using SreAgent.Host.Terminal.Keys;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Editing;

/// <summary>What reading a line ended with.</summary>
internal abstract record LineRead
{
    private LineRead()
    {
    }

    public sealed record Submitted(string Text) : LineRead;

    /// <summary>Ctrl+C. <paramref name="WasEmpty"/> when there was nothing to discard.</summary>
    public sealed record Interrupted(bool WasEmpty) : LineRead;

    public sealed record EndOfInput : LineRead;

    /// <summary>Something wants the screen. The text typed so far is kept for the next read.</summary>
    public sealed record Woken : LineRead;
}

/// <summary>Reads lines from a terminal: editor, view, and the keys typed ahead while something else was going on.</summary>
internal sealed class LineReader(ITerminal terminal, Ink ink, Func<string, Completion> complete)
{
    private readonly Queue<Key> _ahead = [];
    private LineEditor? _editor;

    /// <summary>A key that was pressed while no line was being read; it counts when the next one is.</summary>
    public void TypeAhead(Key key) => _ahead.Enqueue(key);

    /// <summary>Forgets what was typed before the question could be seen.</summary>
    public void DiscardTypeAhead()
    {
        _ahead.Clear();
        while (terminal.Keys.TryRead(out _))
        {
        }
    }

    /// <param name="prompt">Shown before the text.</param>
    /// <param name="history">Oldest first.</param>
    /// <param name="wake">Cancelled when something else wants the screen.</param>
    /// <param name="cancellationToken">Ends the read for good.</param>
    public async Task<LineRead> ReadAsync(string prompt, IReadOnlyList<string> history, CancellationToken wake, CancellationToken cancellationToken)
    {
        using var keys = terminal.TakeKeys();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wake, cancellationToken);
        var editor = _editor ??= new LineEditor(history, complete);
        var view = new LineView(terminal, ink);
        Draw(view, editor, prompt);
        while (true)
        {
            Key key;
            try
            {
                key = _ahead.TryDequeue(out var ahead) ? ahead : await terminal.Keys.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                view.Erase();
                return new LineRead.Woken();
            }
            catch (OperationCanceledException)
            {
                view.Erase();
                throw;
            }

            switch (editor.Apply(key))
            {
                case EditOutcome.Submitted:
                    return Done(view, prompt, new LineRead.Submitted(editor.Buffer.Text));
                case EditOutcome.Interrupted:
                    return Done(view, prompt, new LineRead.Interrupted(editor.Buffer.Text.Length == 0));
                case EditOutcome.EndOfInput:
                    return Done(view, prompt, new LineRead.EndOfInput());
                case EditOutcome.ClearScreen when terminal.CanMoveCursor:
                    view.Erase();
                    terminal.Write("\u001b[H\u001b[2J");
                    break;
                case EditOutcome.Candidates:
                    view.Erase();
                    terminal.Write(ink.Dim(SafeText.Line(string.Join("  ", editor.Candidates), Math.Max(20, terminal.Width - 1))) + "\n");
                    break;
            }

            // A paste or fast typing arrives as many keys at once; only what they come to is drawn.
            if (_ahead.Count == 0 && terminal.Keys.TryPeek(out _))
            {
                continue;
            }

            Draw(view, editor, prompt);
        }
    }

    private LineRead Done(LineView view, string prompt, LineRead read)
    {
        Draw(view, _editor!, prompt); // keys that came in one piece have not been drawn yet
        view.Leave();
        _editor = null;
        return read;
    }

    private static void Draw(LineView view, LineEditor editor, string prompt) =>
        view.Draw(
            editor.Sought is { } sought ? $"(looking back for '{sought}') " : prompt,
            SafeText.Lines(editor.Buffer.Text),
            SafeText.Lines(editor.Buffer.BeforeCursor).Length);
}
