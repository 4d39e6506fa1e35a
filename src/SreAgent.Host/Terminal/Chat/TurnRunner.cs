using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal.Editing;
using SreAgent.Host.Terminal.Keys;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>Runs one turn on the screen. Ctrl+C stops the turn, never the session; anything else typed meanwhile waits for the next prompt.</summary>
internal sealed class TurnRunner(ITerminal terminal, Ink ink, TimeProvider clock, LineReader reader)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(60);

    public async Task<TurnRecord> RunAsync(Func<CancellationToken, IAsyncEnumerable<TurnEvent>> turn, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var view = new TurnView(terminal, ink, clock);
        var record = new TurnRecord();
        try
        {
            await ShowAsync(turn, view, record, stop);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            view.End();
            terminal.Write(ink.On("Stopped. The conversation goes on from here.", Look.Yellow) + "\n");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A broken turn must not take the session with it; what a person can use of the fault is its message.
            view.End();
            var advice = exception is ToolException ? "" : " 'sre-agent doctor' may say more.";
            terminal.Write(ink.On("✗ ", Look.Red) + SafeText.Line(Redactor.WithoutConfiguredValues.Redact(exception.Message)) + advice + "\n");
        }

        view.End();
        return record;
    }

    private async Task ShowAsync(Func<CancellationToken, IAsyncEnumerable<TurnEvent>> turn, TurnView view, TurnRecord record, CancellationTokenSource stop)
    {
        await using var events = turn(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = events.MoveNextAsync().AsTask();
        while (true)
        {
            while (terminal.Keys.TryRead(out var key))
            {
                if (key.IsCtrl('c'))
                {
                    view.Stopping = true;
                    await stop.CancelAsync();
                }
                else if (key.Kind != KeyKind.Resize)
                {
                    reader.TypeAhead(key);
                }
            }

            if (!next.IsCompleted)
            {
                view.Tick();
                await Task.WhenAny(next, Task.Delay(Tick, clock, CancellationToken.None));
                continue;
            }

            if (!await next)
            {
                return;
            }

            record.Take(events.Current);
            if (events.Current is not TurnEvent.Finished || !record.IsEmpty)
            {
                view.Show(events.Current);
            }

            next = events.MoveNextAsync().AsTask();
        }
    }
}
