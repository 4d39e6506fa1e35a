using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>Opens turns, one at a time per conversation, and sees to it that each ends, whatever happens in it.</summary>
internal sealed partial class ConversationService(
    IConversationStore store, PersonaChoice personas, TurnLoop loop, HeldCalls held, ContextReporter reporter, LongMessage longMessage, ChatModel model,
    Redactor redactor, IOptions<AgentOptions> options, TimeProvider clock, ILogger<ConversationService> logger) : IConversationService
{
    private readonly TurnLocks _locks = new();

    public async Task<Conversation> StartAsync(Actor actor, string? persona, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var chosen = personas.Choose(persona);
        var now = clock.GetUtcNow();
        var id = ConversationId.New(now);
        while (await store.FindAsync(id, cancellationToken) is not null)
        {
            id = ConversationId.New(now);
        }

        var conversation = new Conversation(id, chosen.Persona.Id, actor.Id, "", now, now);
        await store.SaveAsync(conversation, cancellationToken);
        if (!string.IsNullOrWhiteSpace(persona))
        {
            var transcript = await Transcript.LoadAsync(store, clock, id, cancellationToken);
            await transcript.AppendAsync(new ConversationEntry.Became(chosen.Persona.Id, chosen.Mode));
        }

        return conversation;
    }

    public async Task<Conversation> SwitchPersonaAsync(string conversationId, string persona, CancellationToken cancellationToken)
    {
        var chosen = personas.Choose(persona);
        using var entered = await _locks.EnterAsync(conversationId, cancellationToken);
        var conversation = await FindAsync(conversationId, cancellationToken) with { Persona = chosen.Persona.Id, UpdatedAt = clock.GetUtcNow() };
        var transcript = await Transcript.LoadAsync(store, clock, conversationId, cancellationToken);
        await transcript.AppendAsync(new ConversationEntry.Became(chosen.Persona.Id, chosen.Mode));
        await store.SaveAsync(conversation, cancellationToken);
        return conversation;
    }

    public IAsyncEnumerable<TurnEvent> HandleAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StreamAsync(
            message.ConversationId, message.Actor, message.Text, (turn, conversation, token) => AnswerAsync(turn, conversation, message, token), cancellationToken);
    }

    public IAsyncEnumerable<TurnEvent> ResumeAsync(string conversationId, Actor actor, CancellationToken cancellationToken) =>
        StreamAsync(conversationId, actor, said: null, (turn, _, token) => GoOnAsync(turn, token), cancellationToken);

    public async Task ClearAsync(string conversationId, CancellationToken cancellationToken)
    {
        using var entered = await _locks.EnterAsync(conversationId, cancellationToken);
        var conversation = await FindAsync(conversationId, cancellationToken);
        var transcript = await Transcript.LoadAsync(store, clock, conversationId, cancellationToken);
        await transcript.AppendAsync(new ConversationEntry.Cleared());
        await store.SaveAsync(conversation with { Title = "", UpdatedAt = clock.GetUtcNow() }, cancellationToken);
    }

    public async Task<ContextReport> ContextAsync(string conversationId, CancellationToken cancellationToken)
    {
        var conversation = await FindAsync(conversationId, cancellationToken);
        var transcript = await Transcript.LoadAsync(store, clock, conversationId, cancellationToken);
        var chosen = personas.Current(conversation, transcript, out _);
        return reporter.Report(transcript, chosen, conversation.Owner);
    }

    private async Task<TurnEvent.Finished> AnswerAsync(Turn turn, Conversation conversation, InboundMessage message, CancellationToken cancellationToken)
    {
        var text = await longMessage.FitAsync(conversation.Id, redactor.Redact(message.Text), cancellationToken);
        await turn.Transcript.AppendAsync(new ConversationEntry.Said(turn.Actor.Id, text));
        var title = conversation.Title.Length > 0 ? conversation.Title : ConversationId.TitleOf(text);
        await store.SaveAsync(conversation with { Title = title, UpdatedAt = clock.GetUtcNow() }, CancellationToken.None);
        await held.SettleAsync(turn, goingOn: true, cancellationToken);
        return await BudgetedAsync(turn, cancellationToken);
    }

    private async Task<TurnEvent.Finished> GoOnAsync(Turn turn, CancellationToken cancellationToken)
    {
        var settled = await held.SettleAsync(turn, goingOn: false, cancellationToken);
        if (settled.StillHeld)
        {
            return turn.Finish(TurnEnd.AwaitingApproval, $"Still waiting for approval of {string.Join(", ", turn.Pending.Distinct())}.");
        }

        var entries = turn.Transcript.Entries;
        var ended = entries.LastOrDefault(entry => entry.Entry is ConversationEntry.Ended)?.Sequence ?? 0;
        var open = entries.Any(entry => entry.Sequence > ended
            && entry.Entry is ConversationEntry.Said or ConversationEntry.Replied or ConversationEntry.Answered or ConversationEntry.Noted);
        if (!settled.Anything && !open)
        {
            return turn.Finish(turn.Pending.Count > 0 ? TurnEnd.AwaitingApproval : TurnEnd.Answered, "There is nothing to go on with.");
        }

        return await BudgetedAsync(turn, cancellationToken);
    }

    private async Task<TurnEvent.Finished> BudgetedAsync(Turn turn, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.MaxTurnSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            return await loop.RunAsync(turn, either.Token);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return turn.Finish(TurnEnd.TimeBudget, $"Stopped after {options.Value.MaxTurnSeconds} s (Agent:MaxTurnSeconds). Say 'go on' to continue.");
        }
    }

    private async IAsyncEnumerable<TurnEvent> StreamAsync(
        string conversationId, Actor actor, string? said, Func<Turn, Conversation, CancellationToken, Task<TurnEvent.Finished>> act,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<TurnEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.Run(() => RunAsync(conversationId, actor, said, act, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            // A cancelled turn still says how it ended, so the reader is not cancelled with it.
            await foreach (var happened in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return happened;
            }
        }
        finally
        {
            // Whoever stops listening stops the turn.
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task RunAsync(
        string conversationId, Actor actor, string? said, Func<Turn, Conversation, CancellationToken, Task<TurnEvent.Finished>> act,
        ChannelWriter<TurnEvent> events, CancellationToken cancellationToken)
    {
        Turn? turn = null;
        TurnEvent.Finished finished;
        IDisposable? entered = null;
        try
        {
            entered = await _locks.EnterAsync(conversationId, cancellationToken);
            var conversation = await FindAsync(conversationId, cancellationToken);
            var transcript = await Transcript.LoadAsync(store, clock, conversationId, cancellationToken);
            var routing = said is null || model.IsBuiltIn ? null : personas.Route(conversation, transcript, said);
            if (routing is not null)
            {
                await transcript.AppendAsync(new ConversationEntry.Became(routing.Persona.Id, Mode: null));
                conversation = conversation with { Persona = routing.Persona.Id };
                events.TryWrite(new TurnEvent.Notice($"{routing.Persona.Name} answers this one (\"{routing.Because}\"). Name another persona to change that."));
            }

            var chosen = personas.Current(conversation, transcript, out var missing);
            turn = Open(transcript, chosen, actor, happened => events.TryWrite(happened));
            if (missing is not null)
            {
                turn.Emit(new TurnEvent.Notice(missing));
            }

            finished = await act(turn, conversation, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            finished = Ended(turn, TurnEnd.Cancelled, "Cancelled. The conversation can go on.");
        }
        catch (ToolException exception)
        {
            finished = Ended(turn, TurnEnd.HostFailed, exception.Message);
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception, conversationId);
            finished = Ended(turn, TurnEnd.HostFailed, $"The host could not go on ({exception.GetType().Name}); the log has the details. What was stored until then is kept.");
        }

        if (turn is not null)
        {
            await CloseAsync(turn, finished);
        }

        entered?.Dispose();
        events.TryWrite(finished);
        events.Complete();
    }

    private Turn Open(Transcript transcript, ChosenPersona chosen, Actor actor, Action<TurnEvent> emit) =>
        new(transcript, chosen.Persona, chosen.Mode, new CallContext(actor, chosen.Persona) { ConversationId = transcript.ConversationId }, new TurnMeter(model, clock), emit);

    private TurnEvent.Finished Ended(Turn? turn, TurnEnd end, string explanation) =>
        turn?.Finish(end, explanation) ?? new TurnEvent.Finished(end, explanation, new TurnMeter(model, clock).Read(), [], []);

    private async Task CloseAsync(Turn turn, TurnEvent.Finished finished)
    {
        try
        {
            if (finished.End is not TurnEnd.HostFailed && turn.Transcript.Entries is [.., { Entry: not ConversationEntry.Ended }])
            {
                await turn.Transcript.AppendAsync(new ConversationEntry.Ended(finished.End, finished.Explanation));
            }
        }
        catch (Exception exception)
        {
            // The end of a turn that is not stored is found again as an open turn; nothing is lost by it.
            Log.EndNotStored(logger, exception, turn.Transcript.ConversationId);
        }
    }

    private async Task<Conversation> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken)
        ?? throw new ToolException($"There is no conversation '{id}'. Start a new one, or list those there are.");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A turn of {Conversation} broke.")]
        public static partial void Broke(ILogger logger, Exception exception, string conversation);

        [LoggerMessage(LogLevel.Warning, "The end of a turn of {Conversation} could not be stored.")]
        public static partial void EndNotStored(ILogger logger, Exception exception, string conversation);
    }
}
