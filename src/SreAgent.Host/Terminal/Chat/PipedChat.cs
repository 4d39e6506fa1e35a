using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;
using SreAgent.Host.Commands;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>
/// A chat without a person at a terminal: one line in, one turn out, no prompt, no drawing. Approves nothing, whatever the lines say (G5).
/// The exit status is that of the last turn.
/// </summary>
internal sealed class PipedChat(IConsoleIo console, IConversationService conversations, IConversationStore store)
{
    public async Task<int> RunAsync(ChatStart start, CancellationToken cancellationToken)
    {
        var actor = OperatingSystemActor.Current(Surface.Terminal);
        var conversation = await new ChatOpening(conversations, store).OpenAsync(start, actor, cancellationToken);
        var status = start.Resume ? await TurnAsync(token => conversations.ResumeAsync(conversation.Id, actor, token), cancellationToken) : ExitStatus.Fine;
        while (await console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim() is "/quit" or "/exit")
            {
                break;
            }

            if (line.TrimStart().StartsWith('/'))
            {
                await console.Error.WriteLineAsync($"Commands take a person at a terminal: {SafeText.Line(line, 60)} was left out.");
                status = ExitStatus.Usage;
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                status = await TurnAsync(token => conversations.HandleAsync(new InboundMessage(conversation.Id, actor, line), token), cancellationToken);
            }
        }

        await console.Error.WriteLineAsync($"Conversation {conversation.Id}; go on with: sre-agent chat --resume {conversation.Id}");
        return status;
    }

    private async Task<int> TurnAsync(Func<CancellationToken, IAsyncEnumerable<TurnEvent>> turn, CancellationToken cancellationToken)
    {
        var record = new TurnRecord();
        var view = new PlainTurnView(console);
        await foreach (var turnEvent in turn(cancellationToken).WithCancellation(cancellationToken))
        {
            record.Take(turnEvent);
            if (turnEvent is not TurnEvent.Finished || !record.IsEmpty)
            {
                view.Show(turnEvent);
            }
        }

        return record.ExitStatus;
    }
}
