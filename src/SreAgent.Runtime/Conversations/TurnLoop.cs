using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using SreAgent.Core.Conversations;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Asks the model, runs what it calls, asks again, until it answers, a call waits for a human, or a budget is spent. Everything is stored
/// as it happens.
/// </summary>
internal sealed class TurnLoop(
    ChatModel model, ModelAsker asker, CallRunner runner, IToolInvoker invoker, ISystemPrompt prompt, IResultStore results,
    IOptions<AgentOptions> options, TimeProvider clock)
{
    public async Task<TurnEvent.Finished> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var instructions = prompt.For(turn.Persona, turn.Mode);
        var tools = invoker.ToolsFor(turn.Context);
        var overhead = TokenEstimate.Of(instructions) + tools.Sum(TokenEstimate.Of);
        var room = Math.Max(options.Value.ContextTokens - overhead, 500);
        var chat = Options(instructions, tools);
        var shrunk = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (turn.Meter.Steps >= options.Value.MaxSteps)
            {
                return turn.Finish(TurnEnd.StepCap, $"Stopped after {turn.Meter.Steps} requests to the model (Agent:MaxSteps). Say 'go on' to continue.");
            }

            await CompactAsync(turn, room);
            var messages = Projection.Of(turn.Transcript.Entries, model.Name);
            var input = overhead + messages.Sum(TokenEstimate.Of);
            if (turn.Meter.Steps > 0 && turn.Meter.Tokens + input > options.Value.MaxTokensPerTurn)
            {
                return turn.Finish(TurnEnd.TokenBudget, $"Stopped after {turn.Meter.Tokens:N0} tokens: the next request would exceed Agent:MaxTokensPerTurn ({options.Value.MaxTokensPerTurn:N0}). Say 'go on' to continue.");
            }

            var asked = await asker.AskAsync(turn, messages, chat, cancellationToken);
            if (asked.Failure is { Failure: ModelFailure.ContextTooLong } && !shrunk)
            {
                shrunk = true;
                room = Math.Min(room, Compaction.Size(turn.Transcript.Entries, model.Name)) / 2;
                turn.Emit(new TurnEvent.Notice($"{asked.Failure.Message} Leaving out older parts and asking once more."));
                continue;
            }

            var reply = await TakeAsync(turn, asked, input);
            cancellationToken.ThrowIfCancellationRequested();
            if (asked.Failure is { } failure)
            {
                return turn.Finish(TurnEnd.ModelFailed, failure.Message);
            }

            var calls = reply.Calls.ToArray();
            if (calls.Length == 0)
            {
                return turn.Finish(TurnEnd.Answered, "");
            }

            var waiting = turn.Pending.Count;
            await runner.RunAsync(turn, calls, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (turn.Pending.Count > waiting)
            {
                return turn.Finish(TurnEnd.AwaitingApproval, $"Waiting for approval of {string.Join(", ", turn.Pending.Distinct())}.");
            }
        }
    }

    private static AIFunctionDeclaration Declare(Tool tool) => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.InputSchema, returnJsonSchema: null);

    private ChatOptions Options(string instructions, IReadOnlyList<Tool> tools) => new()
    {
        Instructions = instructions,
        Tools = [.. tools.Select(Declare)],
        MaxOutputTokens = model.MaxOutputTokens,
        Temperature = (float?)model.Temperature,
    };

    /// <summary>Stores what the model said, whole or broken off, before anything is done with it.</summary>
    private async Task<ConversationEntry.Replied> TakeAsync(Turn turn, Asked asked, int estimatedInput)
    {
        var entries = turn.Transcript.Entries;
        var taken = entries.Select(entry => entry.Entry).OfType<ConversationEntry.Replied>().SelectMany(reply => reply.Calls).Select(call => call.Id);
        var reply = asked.Reply.Build(model.Name, cutOff: asked.Failure is not null, taken);
        turn.Meter.Count(asked.Reply.Usage, asked.Failure is null || asked.Reply.HasText ? estimatedInput : 0, asked.Reply.EstimatedTokens);
        if (reply.Parts.Count > 0 && (asked.Failure is null || asked.Reply.HasText))
        {
            await turn.Transcript.AppendAsync(reply);
        }

        if (asked.Failure is null && asked.Reply.FinishReason == ChatFinishReason.Length)
        {
            turn.Emit(new TurnEvent.Notice("The answer reached the model's output limit and stops there (Models:MaxOutputTokens)."));
        }

        return reply;
    }

    private async Task CompactAsync(Turn turn, int room)
    {
        var entries = turn.Transcript.Entries;
        var compacted = await Compaction.DecideAsync(entries, model.Name, room, answered =>
            results.KeepAsync(turn.Transcript.ConversationId, answered.Tool, answered.Text, clock.GetUtcNow(), CancellationToken.None));
        if (compacted is null)
        {
            return;
        }

        var before = Compaction.Size(entries, model.Name);
        await turn.Transcript.AppendAsync(compacted);
        var after = Compaction.Size(turn.Transcript.Entries, model.Name);
        turn.Emit(new TurnEvent.Notice($"Older parts of the conversation were shortened to make room: about {before:N0} tokens are now {after:N0}. Nothing is lost; results can be paged by their handles."));
    }
}
