using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Runs the calls of one reply: neighbouring reads side by side, everything else one after the other in the order of the reply. Every
/// call leaves exactly one stored entry, an answer or a hold, however it ends.
/// </summary>
internal sealed partial class CallRunner(
    IToolInvoker invoker, IApprovalDesk desk, Redactor redactor, IOptions<AgentOptions> options, TimeProvider clock, ILogger<CallRunner> logger)
{
    /// <summary>Cancelling lets no further call start and asks the running ones to stop; all of them are answered before this returns.</summary>
    public async Task RunAsync(Turn turn, IReadOnlyList<ModelCall> calls, CancellationToken cancellationToken)
    {
        var tools = invoker.ToolsFor(turn.Context);
        var next = 0;
        while (next < calls.Count)
        {
            var reads = calls.Skip(next).TakeWhile(call => Find(tools, call) is { Effect: ToolEffect.Read }).ToArray();
            if (reads.Length > 0)
            {
                var together = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelReads, CancellationToken = CancellationToken.None };
                await Parallel.ForEachAsync(reads, together, async (call, _) => await RunAsync(turn, call, Find(tools, call), cancellationToken));
                next += reads.Length;
                continue;
            }

            await RunAsync(turn, calls[next], Find(tools, calls[next]), cancellationToken);
            turn.Repeats.ForgetAll();
            next++;
        }
    }

    private static Tool? Find(IReadOnlyList<Tool> tools, ModelCall call) => tools.FirstOrDefault(tool => tool.Answers(call.Tool));

    private async Task RunAsync(Turn turn, ModelCall call, Tool? tool, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            await AnswerAsync(turn, call, CallStatus.Cancelled, HostResult.Text("cancelled", "The turn was stopped before this ran. Nothing was done."));
            return;
        }

        if (call.Malformed is { } malformed)
        {
            var failed = new ToolResult.Failed($"The arguments of {call.Tool} could not be read: {malformed} Nothing was run. Send the call again with one JSON object.", Retryable: true);
            await RefuseAsync(turn, call, CallStatus.Failed, failed);
            return;
        }

        if (tool is { Effect: ToolEffect.Read } && turn.Repeats.EarlierThan(call) is { } earlier)
        {
            var repeated = new ToolResult.Denied("repeated-call", $"Exactly this was asked before in this turn; its answer is the result of call {earlier}. Use that, or ask something different.");
            await RefuseAsync(turn, call, CallStatus.Repeated, repeated);
            return;
        }

        turn.Emit(new TurnEvent.ToolStarted(CallDisplay.Of(call, redactor)));
        var outcome = await InvokeAsync(turn, call, cancellationToken);
        if (outcome is null)
        {
            var unknown = tool is not { Effect: ToolEffect.Read };
            var explanation = unknown
                ? "Stopped while it ran. Whether it took effect is not known: look before trying again."
                : "Stopped before it finished. Nothing was found out.";
            turn.Repeats.Forget(call);
            var stopped = new ToolResult.Failed(explanation, Retryable: true);
            await AnswerAsync(turn, call, CallStatus.Cancelled, HostResult.Text("cancelled", explanation));
            turn.Emit(new TurnEvent.ToolFinished(new ToolOutcome(CallDisplay.Of(call, redactor), stopped, explanation, TimeSpan.Zero)));
            return;
        }

        await TakeAsync(turn, call, tool, outcome);
    }

    private async Task TakeAsync(Turn turn, ModelCall call, Tool? tool, ToolOutcome outcome)
    {
        if (outcome.Result is ToolResult.AwaitingApproval waiting && await desk.ShowAsync(waiting.Id, CancellationToken.None) is { } request)
        {
            await turn.Transcript.AppendAsync(new ConversationEntry.Held(call.Id, call.Tool, waiting.Id.Value));
            turn.Pending.Add(waiting.Id);
            turn.Emit(new TurnEvent.ToolFinished(outcome));
            turn.Emit(new TurnEvent.ApprovalNeeded(call.Id, request));
            return;
        }

        if (outcome.Result is ToolResult.Failed { Retryable: true })
        {
            turn.Repeats.Forget(call);
        }

        // A change that was not put before anybody is no place that was not looked at.
        if (tool is null or { Effect: ToolEffect.Read } || outcome.Result is not ToolResult.Failed)
        {
            turn.NoteGap(call.Tool, outcome.Result);
        }

        var outside = tool is { OpenWorld: true } && outcome.Result is ToolResult.Found or ToolResult.NoData or ToolResult.Failed;
        await turn.Transcript.AppendAsync(
            new ConversationEntry.Answered(call.Id, call.Tool, HostResult.StatusOf(outcome.Result), outcome.Text, outside ? Fence.NewMark() : null));
        turn.Emit(new TurnEvent.ToolFinished(outcome));
    }

    /// <summary>Null when the turn was stopped meanwhile.</summary>
    private async Task<ToolOutcome?> InvokeAsync(Turn turn, ModelCall call, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        try
        {
            return await invoker.InvokeAsync(new ToolCall(call.Id, call.Tool, call.Arguments), turn.Context, turn.ProgressOf(call.Id), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception, call.Tool);
            var explanation = $"The host broke with {exception.GetType().Name} while it handled {call.Tool}; the log has the details. Whether anything ran is not known.";
            var failed = new ToolResult.Failed(explanation, Retryable: false);
            return new ToolOutcome(CallDisplay.Of(call, redactor), failed, HostResult.Text("failed", explanation), clock.GetElapsedTime(startedAt));
        }
    }

    private async Task RefuseAsync(Turn turn, ModelCall call, CallStatus status, ToolResult result)
    {
        var shown = CallDisplay.Of(call, redactor);
        var explanation = result is ToolResult.Failed failed ? failed.Explanation : ((ToolResult.Denied)result).Reason;
        turn.Emit(new TurnEvent.ToolStarted(shown));
        await AnswerAsync(turn, call, status, HostResult.Text(status == CallStatus.Repeated ? "repeated" : "failed", explanation));
        turn.Emit(new TurnEvent.ToolFinished(new ToolOutcome(shown, result, explanation, TimeSpan.Zero)));
    }

    private static Task AnswerAsync(Turn turn, ModelCall call, CallStatus status, string text) =>
        turn.Transcript.AppendAsync(new ConversationEntry.Answered(call.Id, call.Tool, status, text, Fence: null));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The host broke while it handled a call of {Tool}.")]
        public static partial void Broke(ILogger logger, Exception exception, string tool);
    }
}
