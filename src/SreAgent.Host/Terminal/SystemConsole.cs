using System.Text;

namespace SreAgent.Host.Terminal;

/// <summary>The process's own standard streams and terminal.</summary>
public sealed class SystemConsole : IConsoleIo, IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lazy<ITerminal?> _terminal;

    public SystemConsole()
    {
        var dumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        OutputIsTerminal = !Console.IsOutputRedirected;
        Colour = OutputIsTerminal && !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Out = new StreamWriter(Console.OpenStandardOutput(), Utf8) { AutoFlush = true };
        Error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true };
        In = new StreamReader(Console.OpenStandardInput(), Utf8);
        _terminal = new Lazy<ITerminal?>(() => Open(canMoveCursor: !dumb));
    }

    public TextReader In { get; }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public bool OutputIsTerminal { get; }

    public bool Colour { get; }

    // A pipe has no width; a hundred columns is what a log or a pager shows without wrapping.
    public int Width => OutputIsTerminal && Console.WindowWidth is > 0 and var width ? width : 100;

    public ITerminal? Terminal => _terminal.Value;

    public void Dispose()
    {
        if (_terminal.IsValueCreated)
        {
            (_terminal.Value as IDisposable)?.Dispose();
        }
    }

    /// <summary>Single keys are taken on Linux and macOS; elsewhere the program is not interactive, and approvals are given on another surface.</summary>
    private static UnixTerminal? Open(bool canMoveCursor) =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && !Console.IsInputRedirected && !Console.IsOutputRedirected
            ? UnixTerminal.TryOpen(canMoveCursor)
            : null;
}
