using System.Text.Json;
using System.Text.Json.Serialization;
using SreAgent.Core.Conversations;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// One thing that happened in a conversation, as it is kept. Entries are only ever appended; what a model is sent is worked out from them
/// by <see cref="Projection"/>, so that no crash, cap or compaction can leave it a call without a result.
/// </summary>
internal abstract record ConversationEntry
{
    private ConversationEntry()
    {
    }

    /// <summary>A person, or a trigger, said something.</summary>
    public sealed record Said(string Actor, string Text) : ConversationEntry;

    /// <summary>The model answered.</summary>
    /// <param name="Model">Which one: another model's reasoning is never replayed to it.</param>
    /// <param name="CutOff">The answer was stopped or broke off before its end.</param>
    public sealed record Replied(string Model, IReadOnlyList<ReplyPart> Parts, bool CutOff) : ConversationEntry
    {
        [JsonIgnore]
        public IEnumerable<ModelCall> Calls => Parts.Where(part => part.Call is not null).Select(part => part.Call!);

        [JsonIgnore]
        public string Text => string.Concat(Parts.Select(part => part.Text));
    }

    /// <summary>The one result of a call.</summary>
    /// <param name="Text">JSON for the model.</param>
    /// <param name="Fence">Mark of the fence around outside text; absent when the host itself speaks.</param>
    public sealed record Answered(string CallId, string Tool, CallStatus Status, string Text, string? Fence) : ConversationEntry;

    /// <summary>A call waits for a human.</summary>
    public sealed record Held(string CallId, string Tool, string Change) : ConversationEntry;

    /// <summary>The host told the model something nobody asked for: what became of a change, say.</summary>
    /// <param name="Change">The ChangeRequest whose decision this tells.</param>
    public sealed record Noted(string Text, string? Change) : ConversationEntry;

    /// <summary>From here on this persona speaks.</summary>
    public sealed record Became(string Persona, string? Mode) : ConversationEntry;

    /// <summary>Everything before is forgotten.</summary>
    public sealed record Cleared : ConversationEntry;

    /// <summary>What is no longer sent. The latest one holds; it says everything the earlier ones said.</summary>
    /// <param name="DroppedThrough">Sequence of the last entry that is left out; the latest request of the person stays all the same.</param>
    /// <param name="Summary">What was asked and found in what is left out.</param>
    /// <param name="Stubs">Results replaced by a stub: call id to handle.</param>
    public sealed record Compacted(long DroppedThrough, string Summary, IReadOnlyDictionary<string, string> Stubs) : ConversationEntry;

    /// <summary>The turn ended. A conversation whose last request has no end was cut off by a dying process.</summary>
    public sealed record Ended(TurnEnd End, string Explanation) : ConversationEntry;
}

/// <summary>A piece of a reply, in the order the model gave it: exactly one of text, reasoning or call.</summary>
/// <param name="Protected">The provider's seal on reasoning, sent back as it came.</param>
internal sealed record ReplyPart(string? Text = null, string? Reasoning = null, string? Protected = null, ModelCall? Call = null);

/// <param name="Id">Unique within the conversation: made so when the reply is taken in.</param>
/// <param name="Arguments">An object, or what was sent instead.</param>
/// <param name="Malformed">Why the arguments could not be read; absent when they could.</param>
internal sealed record ModelCall(string Id, string Tool, JsonElement Arguments, string? Malformed = null)
{
    /// <summary>Stands for arguments that could not be read.</summary>
    public static JsonElement NoArguments { get; } = JsonElement.Parse("null");
}

/// <summary>How a call ended.</summary>
internal enum CallStatus
{
    /// <summary>Answered, possibly with nothing found.</summary>
    Done = 0,
    Failed,
    Denied,
    Cancelled,

    /// <summary>The process died, or the turn ended, before it finished.</summary>
    Interrupted,

    /// <summary>Refused as an exact repetition.</summary>
    Repeated,

    /// <summary>A human had not decided when the person went on.</summary>
    StillWaiting,
}

/// <param name="Sequence">As stored.</param>
internal sealed record NumberedEntry(long Sequence, ConversationEntry Entry);

/// <summary>Entries to stored messages and back. The role names the kind, the body is the entry.</summary>
internal static class EntryJson
{
    private static readonly Dictionary<string, Func<string, ConversationEntry?>> Readers = new(StringComparer.Ordinal)
    {
        ["user"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Said),
        ["assistant"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Replied),
        ["tool"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Answered),
        ["held"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Held),
        ["note"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Noted),
        ["persona"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Became),
        ["clear"] = _ => new ConversationEntry.Cleared(),
        ["compaction"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Compacted),
        ["end"] = body => JsonSerializer.Deserialize(body, EntryJsonContext.Default.Ended),
    };

    public static StoredMessage Write(NumberedEntry numbered, DateTimeOffset at)
    {
        var (role, body) = numbered.Entry switch
        {
            ConversationEntry.Said said => ("user", JsonSerializer.Serialize(said, EntryJsonContext.Default.Said)),
            ConversationEntry.Replied replied => ("assistant", JsonSerializer.Serialize(replied, EntryJsonContext.Default.Replied)),
            ConversationEntry.Answered answered => ("tool", JsonSerializer.Serialize(answered, EntryJsonContext.Default.Answered)),
            ConversationEntry.Held held => ("held", JsonSerializer.Serialize(held, EntryJsonContext.Default.Held)),
            ConversationEntry.Noted noted => ("note", JsonSerializer.Serialize(noted, EntryJsonContext.Default.Noted)),
            ConversationEntry.Became became => ("persona", JsonSerializer.Serialize(became, EntryJsonContext.Default.Became)),
            ConversationEntry.Compacted compacted => ("compaction", JsonSerializer.Serialize(compacted, EntryJsonContext.Default.Compacted)),
            ConversationEntry.Ended ended => ("end", JsonSerializer.Serialize(ended, EntryJsonContext.Default.Ended)),
            _ => ("clear", "{}"),
        };
        return new StoredMessage(numbered.Sequence, role, body, at);
    }

    /// <summary>An entry this version cannot read is left out rather than losing the conversation; null then.</summary>
    public static NumberedEntry? Read(StoredMessage message)
    {
        try
        {
            return Readers.TryGetValue(message.Role, out var read) && read(message.Body) is { } entry ? new NumberedEntry(message.Sequence, entry) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ConversationEntry.Said))]
[JsonSerializable(typeof(ConversationEntry.Replied))]
[JsonSerializable(typeof(ConversationEntry.Answered))]
[JsonSerializable(typeof(ConversationEntry.Held))]
[JsonSerializable(typeof(ConversationEntry.Noted))]
[JsonSerializable(typeof(ConversationEntry.Became))]
[JsonSerializable(typeof(ConversationEntry.Compacted))]
[JsonSerializable(typeof(ConversationEntry.Ended))]
internal sealed partial class EntryJsonContext : JsonSerializerContext;
