using Microsoft.Extensions.Logging;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Brings a conversation's open ends together before the model speaks again: calls held for a human, calls a dying process left
/// unanswered, and decisions that fell after the person had gone on. The only source of a decision is the approval desk.
/// </summary>
internal sealed partial class HeldCalls(IToolInvoker invoker, IApprovalDesk desk, ILogger<HeldCalls> logger)
{
    /// <summary>Answers or tells whatever has been decided.</summary>
    /// <param name="goingOn">The person said something else: what is still undecided is answered as waiting. Otherwise it stays held.</param>
    /// <returns>Whether the model has something new to read, and whether calls are still held.</returns>
    public async Task<Settled> SettleAsync(Turn turn, bool goingOn, CancellationToken cancellationToken)
    {
        var anything = await RepairAsync(turn, cancellationToken);
        var entries = turn.Transcript.Entries;
        var answers = Projection.Answers(entries);
        var told = entries.Select(entry => entry.Entry).OfType<ConversationEntry.Noted>().Select(note => note.Change).ToHashSet(StringComparer.Ordinal);
        var stillHeld = false;
        foreach (var held in entries.Select(entry => entry.Entry).OfType<ConversationEntry.Held>().DistinctBy(held => held.CallId))
        {
            var answered = answers.GetValueOrDefault(held.CallId);
            if (answered is { Status: not CallStatus.StillWaiting } || (answered is not null && told.Contains(held.Change)))
            {
                continue;
            }

            if (await DecisionAsync(turn, held, cancellationToken) is { } decision)
            {
                await TellAsync(turn, held, decision, isAnswered: answered is not null);
                anything = true;
                continue;
            }

            turn.Pending.Add(new ChangeRequestId(held.Change));
            if (answered is null && goingOn)
            {
                await turn.Transcript.AppendAsync(new ConversationEntry.Answered(
                    held.CallId, held.Tool, CallStatus.StillWaiting,
                    HostResult.Text("awaiting-approval", $"Still waiting for approval of {held.Change}; nothing was executed, and the person went on. You are told when it is decided."),
                    Fence: null));
            }

            stillHeld |= answered is null && !goingOn;
        }

        return new Settled(anything, stillHeld);
    }

    /// <summary>Answers calls that have neither a result nor a hold: the process died, or the store failed, while they ran.</summary>
    private async Task<bool> RepairAsync(Turn turn, CancellationToken cancellationToken)
    {
        var entries = turn.Transcript.Entries;
        var settled = Projection.Answers(entries).Keys.Concat(entries.Select(entry => entry.Entry).OfType<ConversationEntry.Held>().Select(held => held.CallId))
            .ToHashSet(StringComparer.Ordinal);
        var open = entries.Select(entry => entry.Entry).OfType<ConversationEntry.Replied>().SelectMany(reply => reply.Calls)
            .Where(call => !settled.Contains(call.Id)).DistinctBy(call => call.Id).ToArray();
        if (open.Length == 0)
        {
            return false;
        }

        var tools = invoker.ToolsFor(turn.Context);
        var raised = await desk.ListAsync(new ChangeRequestQuery([], turn.Transcript.ConversationId), cancellationToken);
        foreach (var call in open)
        {
            if (raised.FirstOrDefault(request => string.Equals(request.CallId, call.Id, StringComparison.Ordinal)) is { } request)
            {
                await turn.Transcript.AppendAsync(new ConversationEntry.Held(call.Id, call.Tool, request.Id.Value));
                continue;
            }

            var read = tools.FirstOrDefault(tool => tool.Answers(call.Tool)) is { Effect: ToolEffect.Read };
            var explanation = read
                ? "Interrupted before it finished. It is not run again by itself; ask again if it is still needed."
                : "Interrupted before it finished. Whether it took effect is not known, and it is not run again: look first.";
            await turn.Transcript.AppendAsync(
                new ConversationEntry.Answered(call.Id, call.Tool, CallStatus.Interrupted, HostResult.Text("interrupted", explanation), Fence: null));
        }

        return true;
    }

    /// <summary>What became of a request; null while nobody has decided, or while it runs elsewhere.</summary>
    private async Task<Decision?> DecisionAsync(Turn turn, ConversationEntry.Held held, CancellationToken cancellationToken)
    {
        var id = new ChangeRequestId(held.Change);
        var request = await desk.ShowAsync(id, cancellationToken);
        return request?.State switch
        {
            null => Decision.Of(CallStatus.Failed, "failed", $"{id} is not known any more; nothing was executed for it here."),
            ChangeRequestState.Pending or ChangeRequestState.Executing => null,

            // A trigger may raise a request, never execute one (G8).
            ChangeRequestState.Approved => turn.Actor.IsHuman ? await ExecuteAsync(turn, held, request, cancellationToken) : null,
            ChangeRequestState.Denied => Decision.Of(CallStatus.Denied, "denied", $"{id} was denied by a human. {Reason(request)} It is final; do not ask for the same again unless the person wants it."),
            ChangeRequestState.Expired => Decision.Of(CallStatus.Denied, "expired", $"{id} expired: nobody decided or executed it in time. Nothing was executed."),
            ChangeRequestState.Drifted => Decision.Of(CallStatus.Denied, "drifted", $"{id} was refused at execution: the target, the policy or the arguments were no longer what had been approved. {Reason(request)}"),
            ChangeRequestState.Interrupted => Decision.Of(CallStatus.Failed, "interrupted", $"The process died while {id} ran. What happened to {request.Plan.Target} is not known; it is never run again. Look before anything else."),
            ChangeRequestState.Succeeded => Decision.FromOutside(CallStatus.Done, "succeeded", $"{id} was executed, and verification saw it take. {Reason(request)}"),
            ChangeRequestState.Unverified => Decision.FromOutside(CallStatus.Done, "unverified", $"{id} was executed, but whether it took could not be verified. {Reason(request)}"),
            _ => Decision.FromOutside(CallStatus.Failed, "failed", $"{id} was executed and failed, or its verification did. {Reason(request)}"),
        };
    }

    private async Task<Decision> ExecuteAsync(Turn turn, ConversationEntry.Held held, ChangeRequest request, CancellationToken cancellationToken)
    {
        var call = new ToolCall(held.CallId, held.Tool, request.Arguments);
        turn.Emit(new TurnEvent.ToolStarted(call));
        Log.Executing(logger, held.Change, turn.Transcript.ConversationId);
        var outcome = await desk.ExecuteAsync(request.Id, turn.ProgressOf(held.CallId), cancellationToken);
        turn.NoteGap(held.Tool, outcome.Result);
        turn.Repeats.ForgetAll();

        // Several calls may wait for one request; the one that is answered here is this conversation's.
        turn.Emit(new TurnEvent.ToolFinished(outcome with { Call = call }));
        return new Decision(HostResult.StatusOf(outcome.Result), outcome.Text, Outside: outcome.Result is not ToolResult.Denied);
    }

    private static async Task TellAsync(Turn turn, ConversationEntry.Held held, Decision decision, bool isAnswered)
    {
        var mark = decision.Outside ? Fence.NewMark() : null;
        if (!isAnswered)
        {
            await turn.Transcript.AppendAsync(new ConversationEntry.Answered(held.CallId, held.Tool, decision.Status, decision.Text, mark));
            return;
        }

        var text = mark is null ? decision.Text : Fence.Around(decision.Text, mark, held.Tool);
        await turn.Transcript.AppendAsync(new ConversationEntry.Noted($"{held.Change} ({held.Tool}), which had been waiting for approval, was decided: {text}", held.Change));
    }

    private static string Reason(ChangeRequest request) => request.Outcome?.Trim() ?? "";

    private sealed record Decision(CallStatus Status, string Text, bool Outside)
    {
        public static Decision Of(CallStatus status, string word, string explanation) => new(status, HostResult.Text(word, explanation.TrimEnd()), Outside: false);

        public static Decision FromOutside(CallStatus status, string word, string explanation) => Of(status, word, explanation) with { Outside = true };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Executing approved {Change} for {Conversation}.")]
        public static partial void Executing(ILogger logger, string change, string conversation);
    }
}

/// <param name="Anything">The model has something new to read.</param>
/// <param name="StillHeld">Calls still wait for a human, so the model cannot be asked yet.</param>
internal sealed record Settled(bool Anything, bool StillHeld);
