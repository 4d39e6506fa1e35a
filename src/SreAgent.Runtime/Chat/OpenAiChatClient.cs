using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SreAgent.Runtime.Chat;

/// <summary>
/// The official client of OpenAI's chat completions as an <see cref="IChatClient"/>: text, tools, usage, nothing else. Calls are handed
/// out once their arguments are complete.
/// </summary>
internal sealed class OpenAiChatClient(ChatClient client, string model) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<AiMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AiMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var calls = new CallDeltas();
        Microsoft.Extensions.AI.ChatFinishReason? finished = null;
        var stream = client.CompleteChatStreamingAsync(OpenAiMessages.From(messages, options), OpenAiMessages.From(options), cancellationToken);
        await foreach (var update in stream)
        {
            var text = string.Concat(update.ContentUpdate.Select(part => part.Text)) + update.RefusalUpdate;
            if (text.Length > 0)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, text) { ModelId = update.Model };
            }

            foreach (var delta in update.ToolCallUpdates)
            {
                calls.Take(delta);
            }

            if (update.Usage is { } usage)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Read(usage))]);
            }

            finished = update.FinishReason is { } reason ? Read(reason) : finished;
        }

        if (finished is not null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.Complete()]) { FinishReason = finished, ModelId = model };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(ModelChoice.OpenAi, providerUri: null, model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The pooled handler underneath belongs to the factory.
    }

    private static UsageDetails Read(ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
    };

    private static Microsoft.Extensions.AI.ChatFinishReason Read(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
        _ => Microsoft.Extensions.AI.ChatFinishReason.Stop,
    };

    /// <summary>
    /// Puts calls together from their pieces. Servers differ: most number the calls, some send every call whole under number 0, some
    /// repeat the id with each piece, some send none.
    /// </summary>
    private sealed class CallDeltas
    {
        private readonly List<Call> _calls = [];

        public void Take(StreamingChatToolCallUpdate delta)
        {
            var call = _calls.FindLast(one => one.Index == delta.Index);
            var another = call is null
                || (!string.IsNullOrEmpty(delta.ToolCallId) && call.Id.Length > 0 && call.Id != delta.ToolCallId)
                || (string.IsNullOrEmpty(delta.ToolCallId) && !string.IsNullOrEmpty(delta.FunctionName) && call.Arguments.Length > 0);
            if (another)
            {
                _calls.Add(call = new Call(delta.Index));
            }

            call!.Id = string.IsNullOrEmpty(delta.ToolCallId) ? call.Id : delta.ToolCallId;
            call.Name = string.IsNullOrEmpty(delta.FunctionName) ? call.Name : delta.FunctionName;
            call.Arguments.Append(delta.FunctionArgumentsUpdate?.ToString());
        }

        public IEnumerable<AIContent> Complete() => _calls.Select(call =>
        {
            try
            {
                return new FunctionCallContent(call.Id, call.Name, Arguments(call.Arguments.ToString()));
            }
            catch (JsonException exception)
            {
                return new FunctionCallContent(call.Id, call.Name) { Exception = exception };
            }
        });

        private static Dictionary<string, object?> Arguments(string text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return [];
            }

            var parsed = JsonElement.Parse(text);
            return parsed.ValueKind switch
            {
                JsonValueKind.Object => parsed.EnumerateObject().GroupBy(argument => argument.Name, StringComparer.Ordinal)
                    .ToDictionary(argument => argument.Key, argument => (object?)argument.Last().Value, StringComparer.Ordinal),
                JsonValueKind.Null => [],
                _ => throw new JsonException($"They are a JSON {parsed.ValueKind.ToString().ToLowerInvariant()}, not an object."),
            };
        }

        private sealed class Call(int index)
        {
            public int Index { get; } = index;

            public string Id { get; set; } = "";

            public string Name { get; set; } = "";

            public StringBuilder Arguments { get; } = new();
        }
    }
}
