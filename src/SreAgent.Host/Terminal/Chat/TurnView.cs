using SreAgent.Core.Tools;
using SreAgent.Host.Terminal.Markdown;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>
/// A turn on a screen: text as it streams, each call with its evidence when it ends, and, for anything that takes more than a second, one
/// line that says what is being waited for.
/// </summary>
internal sealed class TurnView(ITerminal terminal, Ink ink, TimeProvider clock)
{
    // A diagnosis asks dozens of questions; told in full, they push its answer off the screen. The answer names those it rests on.
    private const int CallsInFull = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly MarkdownStream _markdown = new(terminal.Write, () => Math.Min(terminal.Width - 1, 110), ink);
    private readonly StatusLine _status = new(terminal, ink);
    private readonly List<Running> _running = [];
    private long _quietSince = clock.GetTimestamp();
    private Section _last = Section.None;
    private int _finished;

    private enum Section
    {
        None = 0,
        Text,
        Tool,
        Notice,
    }

    public bool Stopping { get; set; }

    public void Show(TurnEvent turnEvent)
    {
        _status.Clear();
        _quietSince = clock.GetTimestamp();
        switch (turnEvent)
        {
            case TurnEvent.TextDelta delta:
                Begin(Section.Text);
                _markdown.Append(delta.Text);
                break;
            case TurnEvent.ToolStarted started:
                _markdown.Finish();
                _running.Add(new Running(started.Call, clock.GetTimestamp()));
                break;
            case TurnEvent.ToolProgressed progressed:
                foreach (var running in _running.Where(running => running.Call.Id == progressed.CallId))
                {
                    running.Message = progressed.Message;
                }

                break;
            case TurnEvent.ToolFinished finished:
                _running.RemoveAll(running => running.Call.Id == finished.Outcome.Call.Id);
                var lines = ++_finished <= CallsInFull
                    ? ToolLines.Of(finished.Outcome, terminal.Width - 3, ink, charts: true)
                    : ToolLines.Brief(finished.Outcome, terminal.Width - 3, ink);
                Print(Section.Tool, lines.Select(line => "  " + line));
                break;
            case TurnEvent.ApprovalNeeded needed:
                _running.RemoveAll(running => running.Call.Id == needed.CallId);
                Print(Section.Notice, ApprovalNotice.Lines(needed.Request, clock.GetUtcNow(), terminal.Width - 1, ink));
                break;
            case TurnEvent.Notice notice:
                Print(Section.Notice, [ink.Dim("· " + SafeText.Line(notice.Text))]);
                break;
            case TurnEvent.Finished finished:
                Print(Section.Notice, TurnFooter.Lines(finished, ink));
                break;
        }
    }

    /// <summary>Called several times a second while the turn runs.</summary>
    public void Tick()
    {
        if (_markdown.IsMidLine || clock.GetElapsedTime(_quietSince) < Patience)
        {
            return;
        }

        var waited = _running.Count > 0 ? _running.Min(running => running.Since) : _quietSince;
        var what = Stopping ? "stopping"
            : _running switch
            {
                [] => "thinking",
                [var one] => one.Call.Tool + (one.Message is { } message ? ": " + message : ""),
                _ => $"{_running.Count} tools: {string.Join(", ", _running.Select(running => running.Call.Tool))}",
            };
        _status.Show($"{Durations.Of(clock.GetElapsedTime(waited))} {what}");
    }

    /// <summary>Leaves the screen ready for whatever comes next, however the turn ended.</summary>
    public void End()
    {
        _status.Clear();
        _markdown.Finish();
    }

    private void Print(Section section, IEnumerable<string> lines)
    {
        _markdown.Finish();
        Begin(section);
        foreach (var line in lines)
        {
            terminal.Write(line + "\n");
        }
    }

    private void Begin(Section section)
    {
        if (_last != section && _last != Section.None)
        {
            terminal.Write("\n");
        }

        _last = section;
    }

    private sealed class Running(ToolCall call, long since)
    {
        public ToolCall Call { get; } = call;

        public long Since { get; } = since;

        public string? Message { get; set; }
    }
}
