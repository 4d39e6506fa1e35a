namespace SreAgent.Host.Terminal;

/// <summary>
/// What the program is given to talk through. Only this folder touches <see cref="System.Console"/>; everything else, tests included, talks
/// through here.
/// </summary>
public interface IConsoleIo
{
    /// <summary>Piped or typed lines. Never the place an approval comes from.</summary>
    TextReader In { get; }

    /// <summary>Answers and documents.</summary>
    TextWriter Out { get; }

    /// <summary>Everything that is said beside the answer.</summary>
    TextWriter Error { get; }

    /// <summary>Whether <see cref="Out"/> ends at a person's screen.</summary>
    bool OutputIsTerminal { get; }

    /// <summary>Whether a person's eyes may be helped by colour: a screen, no <c>NO_COLOR</c>, not a dumb terminal.</summary>
    bool Colour { get; }

    /// <summary>Columns to lay text out for.</summary>
    int Width { get; }

    /// <summary>
    /// The controlling terminal, opened by itself. Absent unless both standard input and standard output are terminals: a person must be at
    /// both ends (G5).
    /// </summary>
    ITerminal? Terminal { get; }
}
