using System.Threading.Channels;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Terminal;

/// <summary>The terminal a person sits at: keys one by one, and a screen whose cursor can be moved.</summary>
public interface ITerminal
{
    /// <summary>Columns now; changes when the window does.</summary>
    int Width { get; }

    /// <summary>Whether the cursor can be moved. False for <c>TERM=dumb</c>.</summary>
    bool CanMoveCursor { get; }

    /// <summary>What is typed while keys are being taken, in order.</summary>
    ChannelReader<Key> Keys { get; }

    /// <summary>Takes keys as they are pressed, unechoed and without signals, until disposed. May be nested.</summary>
    IDisposable TakeKeys();

    void Write(string text);
}
