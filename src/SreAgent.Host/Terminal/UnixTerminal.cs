using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Channels;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Terminal;

/// <summary>The controlling terminal, <c>/dev/tty</c>: read and written by itself, whatever standard input and output are.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixTerminal : ITerminal, IDisposable
{
    // Bracketed paste on and off: a pasted line feed is text then, not the Enter key.
    private const string PasteOn = "\u001b[?2004h";
    private const string PasteOff = "\u001b[?2004l";

    private readonly FileStream _device;
    private readonly Channel<Key> _keys = Channel.CreateUnbounded<Key>();
    private readonly KeyDecoder _decoder = new();
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _signals;
    private byte[]? _cooked;
    private int _holders;
    private bool _reading;

    private UnixTerminal(FileStream device, bool canMoveCursor)
    {
        _device = device;
        CanMoveCursor = canMoveCursor;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _keys.Writer.TryWrite(new Key(KeyKind.Resize))),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => _keys.Writer.TryWrite(new Key(KeyKind.HangUp))),
        ];
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Restore();
    }

    public int Width => Console.WindowWidth is > 0 and var width ? width : 80;

    public bool CanMoveCursor { get; }

    public ChannelReader<Key> Keys => _keys.Reader;

    /// <summary>Absent where there is no terminal.</summary>
    public static UnixTerminal? TryOpen(bool canMoveCursor)
    {
        try
        {
            return new UnixTerminal(new FileStream("/dev/tty", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0), canMoveCursor);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IDisposable TakeKeys()
    {
        lock (_gate)
        {
            if (_holders++ == 0)
            {
                _cooked = TerminalMode.SingleKeys(_device.SafeFileHandle);
                if (CanMoveCursor)
                {
                    Write(PasteOn);
                }
            }

            if (!_reading)
            {
                _reading = true;
                new Thread(Read) { IsBackground = true, Name = "keys" }.Start();
            }
        }

        return new Released(Release);
    }

    public void Write(string text) => _device.Write(Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        Restore();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Read()
    {
        var buffer = new byte[4096];
        try
        {
            while (_device.Read(buffer) is > 0 and var count)
            {
                foreach (var key in _decoder.Feed(buffer.AsSpan(0, count)))
                {
                    _keys.Writer.TryWrite(key);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The window was closed; the hang-up below says so to whoever waits.
        }

        _keys.Writer.TryWrite(new Key(KeyKind.HangUp));
    }

    private void Release()
    {
        lock (_gate)
        {
            if (--_holders == 0)
            {
                Restore();
            }
        }
    }

    private void Restore()
    {
        lock (_gate)
        {
            if (_cooked is not { } cooked)
            {
                return;
            }

            _cooked = null;
            try
            {
                if (CanMoveCursor)
                {
                    Write(PasteOff);
                }

                TerminalMode.Set(_device.SafeFileHandle, cooked);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // Nothing is left to restore on a terminal that is gone.
            }
        }
    }

    private sealed class Released(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
