using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal;

/// <summary>
/// One line that says what is going on, for as long as it goes on. Always taken away before anything else is printed, short enough not to
/// wrap, and never shown where the cursor cannot be moved.
/// </summary>
internal sealed class StatusLine(ITerminal terminal, Ink ink)
{
    private const int Longest = 76;
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    private int _frame;
    private string _shown = "";

    public void Show(string text)
    {
        if (!terminal.CanMoveCursor)
        {
            return;
        }

        var line = SafeText.Line($"{Frames[_frame++ % Frames.Length]} {text}", Math.Min(Longest, terminal.Width - 2));
        if (line != _shown)
        {
            terminal.Write("\r\u001b[K" + ink.Dim(line));
            _shown = line;
        }
    }

    public void Clear()
    {
        if (_shown.Length > 0)
        {
            terminal.Write("\r\u001b[K");
            _shown = "";
        }
    }
}
