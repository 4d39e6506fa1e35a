using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Entries to the messages a model is sent. Holds by construction, whatever the entries: every call is followed by exactly one result,
/// in the order of the calls, and there is no result without its call.
/// </summary>
internal static class Projection
{
    /// <summary>Key under which a message says that the host speaks, not the person.</summary>
    public const string HostNote = "host-note";

    /// <summary>Characters of a stubbed result that stay visible.</summary>
    public const int StubBeginning = 240;

    public static List<ChatMessage> Of(IReadOnlyList<NumberedEntry> entries, string model)
    {
        var answers = Answers(entries);
        var compaction = LatestCompaction(entries);
        var request = LatestRequest(entries);
        List<ChatMessage> messages = [];
        if (compaction is { Summary.Length: > 0 })
        {
            messages.Add(Note(compaction.Summary));
        }

        foreach (var (sequence, entry) in entries)
        {
            if (sequence <= (compaction?.DroppedThrough ?? 0) && sequence != request)
            {
                continue;
            }

            switch (entry)
            {
                case ConversationEntry.Said said:
                    messages.Add(new ChatMessage(ChatRole.User, said.Text));
                    break;
                case ConversationEntry.Noted noted:
                    messages.Add(Note(noted.Text));
                    break;
                case ConversationEntry.Replied replied:
                    AddReply(messages, replied, answers, compaction, model);
                    break;
                default:
                    break;
            }
        }

        return messages;
    }

    public static Dictionary<string, ConversationEntry.Answered> Answers(IReadOnlyList<NumberedEntry> entries)
    {
        Dictionary<string, ConversationEntry.Answered> answers = new(StringComparer.Ordinal);
        foreach (var answered in entries.Select(entry => entry.Entry).OfType<ConversationEntry.Answered>())
        {
            answers.TryAdd(answered.CallId, answered);
        }

        return answers;
    }

    public static ConversationEntry.Compacted? LatestCompaction(IReadOnlyList<NumberedEntry> entries) =>
        entries.Select(entry => entry.Entry).OfType<ConversationEntry.Compacted>().LastOrDefault();

    /// <summary>Sequence of what the person said last; 0 when nothing was said yet.</summary>
    public static long LatestRequest(IReadOnlyList<NumberedEntry> entries) =>
        entries.LastOrDefault(entry => entry.Entry is ConversationEntry.Said)?.Sequence ?? 0;

    public static string ResultText(ConversationEntry.Answered answered, string? handle)
    {
        if (handle is not null)
        {
            var beginning = answered.Text[..Math.Min(answered.Text.Length, StubBeginning)];
            var stub = $"Left out to save room: {answered.Text.Length:N0} characters, kept as {handle}; page through them with host_read_result. They begin: {beginning}";
            return answered.Fence is { } stubMark ? Fence.Around(stub, stubMark, answered.Tool) : stub;
        }

        return answered.Fence is { } mark ? Fence.Around(answered.Text, mark, answered.Tool) : answered.Text;
    }

    private static void AddReply(
        List<ChatMessage> messages, ConversationEntry.Replied replied, Dictionary<string, ConversationEntry.Answered> answers,
        ConversationEntry.Compacted? compaction, string model)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var calls = replied.Calls.Where(call => seen.Add(call.Id)).ToArray();
        var contents = replied.Parts.Select(part => Content(part, sameModel: string.Equals(replied.Model, model, StringComparison.Ordinal)))
            .OfType<AIContent>().Where(content => content is not FunctionCallContent)
            .Concat(calls.Select(Call)).ToList();
        if (contents.Count == 0)
        {
            return;
        }

        messages.Add(new ChatMessage(ChatRole.Assistant, contents));
        if (calls.Length > 0)
        {
            messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => Result(call, answers, compaction))]));
        }
    }

    private static AIContent? Content(ReplyPart part, bool sameModel) =>
        part.Text is { Length: > 0 } text ? new TextContent(text)
        : (part.Reasoning ?? part.Protected) is not null && sameModel ? new TextReasoningContent(part.Reasoning ?? "") { ProtectedData = part.Protected }
        : null;

    private static FunctionCallContent Call(ModelCall call) => new(call.Id, Spelled(call.Tool), Arguments(call.Arguments));

    private static FunctionResultContent Result(
        ModelCall call, Dictionary<string, ConversationEntry.Answered> answers, ConversationEntry.Compacted? compaction) =>
        new(call.Id, answers.TryGetValue(call.Id, out var answered)
            ? ResultText(answered, compaction?.Stubs.GetValueOrDefault(call.Id))
            : HostResult.Text("interrupted", "There is no result: the call was cut off. It is not run again by itself."));

    private static Dictionary<string, object?> Arguments(JsonElement arguments)
    {
        Dictionary<string, object?> named = new(StringComparer.Ordinal);
        if (arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in arguments.EnumerateObject())
            {
                named[argument.Name] = argument.Value;
            }
        }

        return named;
    }

    /// <summary>A made-up name must not make a provider refuse the whole history.</summary>
    private static string Spelled(string tool)
    {
        var spelled = string.Concat(tool.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return spelled.Length == 0 ? "unnamed" : spelled;
    }

    private static ChatMessage Note(string text) => new(ChatRole.User, $"[From the host, not from the person]\n{text}")
    {
        AdditionalProperties = new AdditionalPropertiesDictionary { [HostNote] = text },
    };
}
