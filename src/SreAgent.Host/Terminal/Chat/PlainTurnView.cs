using SreAgent.Host.Terminal.Markdown;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>
/// A turn without a person watching: the answer on standard output, as Markdown when that is no screen, and everything beside it on
/// standard error.
/// </summary>
internal sealed class PlainTurnView(IConsoleIo console)
{
    private readonly Ink _ink = new(console.Colour);
    private readonly MarkdownStream _markdown = new(console.Out.Write, () => Math.Min(console.Width - 1, 120), new Ink(console.Colour));
    private string _held = "";
    private bool _midLine;

    public void Show(TurnEvent turnEvent)
    {
        switch (turnEvent)
        {
            case TurnEvent.TextDelta delta:
                Text(delta.Text);
                return;
            case TurnEvent.ToolFinished finished:
                EndText();
                foreach (var line in ToolLines.Of(finished.Outcome, console.Width, _ink, charts: false))
                {
                    console.Error.WriteLine(line);
                }

                return;
            case TurnEvent.ToolProgressed progressed:
                EndText();
                console.Error.WriteLine(_ink.Dim("  · " + SafeText.Line(progressed.Message)));
                return;
            case TurnEvent.ApprovalNeeded needed:
                EndText();
                console.Error.WriteLine(SafeText.Line($"Waits for an approval: {needed.Request.Plan.Summary}"));
                console.Error.WriteLine($"  sre-agent changes approve {SafeText.Line(needed.Request.Id.Value, 40)}");
                return;
            case TurnEvent.Notice notice:
                EndText();
                console.Error.WriteLine(SafeText.Line(notice.Text));
                return;
            case TurnEvent.Finished finished:
                EndText();
                foreach (var line in TurnFooter.Lines(finished, _ink))
                {
                    console.Error.WriteLine(line);
                }

                return;
        }
    }

    private void Text(string text)
    {
        if (console.OutputIsTerminal)
        {
            _markdown.Append(text);
            return;
        }

        // Half a surrogate pair is no character yet.
        var whole = _held + text;
        _held = whole.Length > 0 && char.IsHighSurrogate(whole[^1]) ? whole[^1..] : "";
        whole = whole[..^_held.Length];
        console.Out.Write(SafeText.Lines(whole));
        _midLine = whole.Length > 0 ? whole[^1] != '\n' : _midLine;
    }

    private void EndText()
    {
        _markdown.Finish();
        if (_midLine)
        {
            console.Out.WriteLine();
            _midLine = false;
        }
    }
}
