using System.Text;
using System.Threading.Channels;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Tests.Terminal;

/// <summary>A terminal whose keys a test presses and whose screen it reads.</summary>
internal sealed class ScriptedTerminal : ITerminal
{
    private readonly Channel<Key> _keys = Channel.CreateUnbounded<Key>();
    private readonly Lock _gate = new();
    private readonly StringBuilder _written = new();
    private readonly VirtualScreen _screen = new();

    public int Width { get; set; } = 100;

    public bool CanMoveCursor { get; init; } = true;

    public ChannelReader<Key> Keys => _keys.Reader;

    public int Holders { get; private set; }

    /// <summary>What the screen shows, trailing blanks cut.</summary>
    public string Screen
    {
        get
        {
            lock (_gate)
            {
                return _screen.ToString();
            }
        }
    }

    public string Written
    {
        get
        {
            lock (_gate)
            {
                return _written.ToString();
            }
        }
    }

    public void Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            _keys.Writer.TryWrite(key);
        }
    }

    public void Type(string text) => Press([.. text.Select(c => Key.Of(c.ToString()))]);

    public void Enter(string text)
    {
        Type(text);
        Press(new Key(KeyKind.Enter));
    }

    public IDisposable TakeKeys()
    {
        Holders++;
        return new Release(this);
    }

    public void Write(string text)
    {
        lock (_gate)
        {
            _written.Append(text);
            _screen.Write(text);
        }
    }

    /// <summary>Returns once the screen shows a text; fails with the screen when it does not in good time.</summary>
    public Task ShowsAsync(string text) => ShowsAsync(screen => screen.Contains(text, StringComparison.Ordinal), $"'{text}'");

    public async Task ShowsAsync(Func<string, bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition(Screen))
        {
            Assert.False(deadline.IsCancellationRequested, $"The screen never showed {what}:\n{Screen}");
            await Task.Delay(10);
        }
    }

    /// <summary>Reads the plan that is shown last, as a person would, and types the phrase it asks for.</summary>
    /// <returns>The plan as it was shown.</returns>
    public async Task<string> TypePhraseAsync()
    {
        await ShowsAsync(screen => screen.EndsWith("approve>", StringComparison.Ordinal), "the question for a phrase");
        var plan = Screen;
        Enter(plan.Split("To approve, type ")[^1].Split(" and press Enter")[0]);
        return plan;
    }

    private sealed class Release(ScriptedTerminal terminal) : IDisposable
    {
        public void Dispose() => terminal.Holders--;
    }
}
