using SreAgent.Host.Terminal;

namespace SreAgent.Host.Tests.Terminal;

/// <summary>A console that remembers. Piped, unless given a terminal.</summary>
internal sealed class CapturedConsole(string input = "", ScriptedTerminal? terminal = null) : IConsoleIo
{
    public TextReader In { get; } = new StringReader(input);

    public TextWriter Out { get; } = new StringWriter { NewLine = "\n" };

    public TextWriter Error { get; } = new StringWriter { NewLine = "\n" };

    public bool OutputIsTerminal => terminal is not null;

    public bool Colour => false;

    public int Width => 100;

    public ITerminal? Terminal => terminal;

    public string Said => Out.ToString()!;

    public string Complained => Error.ToString()!;
}
