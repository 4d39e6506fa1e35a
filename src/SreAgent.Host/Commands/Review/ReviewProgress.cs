using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Review;

/// <summary>Says on a screen what is going on in one line that goes away; elsewhere a line now and then, and nothing about short work.</summary>
internal sealed class ReviewProgress : IProgress<string>
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly IConsoleIo _console;
    private readonly TimeProvider _clock;
    private readonly StatusLine? _status;
    private readonly Lock _lock = new();
    private long _lastTold;

    public ReviewProgress(IConsoleIo console, TimeProvider clock)
    {
        _console = console;
        _clock = clock;
        _status = console.Terminal is { } terminal ? new StatusLine(terminal, new Ink(console.Colour)) : null;
        _lastTold = clock.GetTimestamp();
    }

    public void Report(string value)
    {
        lock (_lock)
        {
            if (_status is not null)
            {
                _status.Show(value);
            }
            else if (_clock.GetElapsedTime(_lastTold) >= Quiet)
            {
                _console.Error.WriteLine(SafeText.Line(value));
                _lastTold = _clock.GetTimestamp();
            }
        }
    }

    /// <summary>Before anything else is printed.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _status?.Clear();
        }
    }
}
