using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using SreAgent.Runtime.Chat;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Asks the model for one reply and streams its text. A request that failed for a passing reason is sent again, unless something has been
/// said already: then it would be said twice.
/// </summary>
internal sealed partial class ModelAsker(ChatModel model, TimeProvider clock, ILogger<ModelAsker> logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public async Task<Asked> AskAsync(Turn turn, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = new ReplyBuilder();
            var failure = await StreamAsync(turn, reply, messages, options, cancellationToken);
            if (failure is null)
            {
                return new Asked(reply, Failure: null);
            }

            if (cancellationToken.IsCancellationRequested || !failure.IsTransient || reply.HasText || attempt > model.Retries)
            {
                return new Asked(reply, failure);
            }

            var wait = failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : FirstWait * Math.Pow(2, attempt - 1);
            if (wait > LongestWait)
            {
                return new Asked(reply, failure);
            }

            Log.Retrying(logger, failure.Failure, wait.TotalSeconds, attempt);
            turn.Emit(new TurnEvent.Notice($"{failure.Message} Trying again in {wait.TotalSeconds:0.#} s ({attempt} of {model.Retries})."));
            try
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return new Asked(reply, failure);
            }
        }
    }

    private async Task<ModelException?> StreamAsync(
        Turn turn, ReplyBuilder reply, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync(messages, options, cancellationToken).WithCancellation(cancellationToken))
            {
                if (reply.Take(update) is { Length: > 0 } said)
                {
                    turn.Emit(new TurnEvent.TextDelta(said));
                }
            }
        }
        catch (ModelException failure)
        {
            return failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ModelException("The request was cancelled.");
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception, model.Name);
            return new ModelException($"The client of {model.Name} broke with {exception.GetType().Name}; the log has the details.", exception);
        }

        return reply.IsEmpty ? Empty(reply) : null;
    }

    private ModelException Empty(ReplyBuilder reply)
    {
        if (reply.FinishReason == ChatFinishReason.ContentFilter)
        {
            return new ModelException($"{model.Name} declined to answer. Ask in other words, or use another model.") { Failure = ModelFailure.Refused };
        }

        return reply.FinishReason == ChatFinishReason.Length
            ? new ModelException($"{model.Name} used up its output limit before it said anything. Raise Models:MaxOutputTokens.") { Failure = ModelFailure.Refused }
            : new ModelException($"{model.Name} answered nothing at all.") { Failure = ModelFailure.Malformed };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The model failed ({Failure}); retry {Attempt} in {Seconds} s.")]
        public static partial void Retrying(ILogger logger, ModelFailure failure, double seconds, int attempt);

        [LoggerMessage(LogLevel.Error, "The client of model {Model} broke.")]
        public static partial void Broke(ILogger logger, Exception exception, string model);
    }
}

/// <param name="Reply">What came, whole or not.</param>
/// <param name="Failure">Why it is not whole; absent when it is.</param>
internal sealed record Asked(ReplyBuilder Reply, ModelException? Failure);
