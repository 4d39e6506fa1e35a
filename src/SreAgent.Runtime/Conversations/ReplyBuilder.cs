using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SreAgent.Runtime.Chat;

namespace SreAgent.Runtime.Conversations;

/// <summary>Collects a streamed reply. What it hands out keeps the order the model gave and carries ids that are unique and that every provider takes back.</summary>
internal sealed partial class ReplyBuilder
{
    private readonly List<ReplyPart> _parts = [];
    private readonly UsageDetails _usage = new();
    private bool _hasUsage;

    public UsageDetails? Usage => _hasUsage ? _usage : null;

    public ChatFinishReason? FinishReason { get; private set; }

    public bool HasText => _parts.Exists(part => part.Text is not null);

    public bool IsEmpty => !_parts.Exists(part => part.Text is not null || part.Call is not null);

    public int EstimatedTokens => _parts.Sum(part =>
        TokenEstimate.Of(part.Text ?? "") + TokenEstimate.Of(part.Reasoning ?? "") + (part.Call is { } call ? TokenEstimate.Of(call.Tool) + TokenEstimate.Of(call.Arguments.GetRawText()) : 0));

    /// <returns>The text to show now; empty when there is none.</returns>
    public string Take(ChatResponseUpdate update)
    {
        FinishReason = update.FinishReason ?? FinishReason;
        var said = "";
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning:
                    Take(reasoning);
                    break;
                case TextContent { Text.Length: > 0 } text:
                    Take(text);
                    said += text.Text;
                    break;
                case FunctionCallContent call:
                    _parts.Add(new ReplyPart(Call: Read(call)));
                    break;
                case UsageContent usage:
                    _usage.Add(usage.Details);
                    _hasUsage = true;
                    break;
                default:
                    break;
            }
        }

        return said;
    }

    /// <param name="model">Whose reply it is.</param>
    /// <param name="cutOff">It did not come to its end. Its calls are left out then: half a reply is never acted on.</param>
    /// <param name="taken">Call ids the conversation has already used.</param>
    public ConversationEntry.Replied Build(string model, bool cutOff, IEnumerable<string> taken)
    {
        var used = taken.ToHashSet(StringComparer.Ordinal);
        var parts = _parts.Where(part => !cutOff || part.Call is null)
            .Select(part => part.Call is { } call ? part with { Call = call with { Id = Unique(call.Id, used) } } : part).ToArray();
        return new ConversationEntry.Replied(model, parts, cutOff);
    }

    private void Take(TextContent text)
    {
        if (_parts is [.., { Text: { } before }])
        {
            _parts[^1] = new ReplyPart(Text: before + text.Text);
            return;
        }

        _parts.Add(new ReplyPart(Text: text.Text));
    }

    private void Take(TextReasoningContent reasoning)
    {
        if (_parts is [.., { Reasoning: { } before, Protected: null }])
        {
            _parts[^1] = new ReplyPart(Reasoning: before + reasoning.Text, Protected: reasoning.ProtectedData);
            return;
        }

        _parts.Add(new ReplyPart(Reasoning: reasoning.Text, Protected: reasoning.ProtectedData));
    }

    private static ModelCall Read(FunctionCallContent call)
    {
        if (call.Exception is { } unreadable)
        {
            return new ModelCall(call.CallId ?? "", call.Name ?? "", ModelCall.NoArguments, unreadable.Message);
        }

        try
        {
            return new ModelCall(call.CallId ?? "", call.Name ?? "", CallArguments.ToJson(call.Arguments));
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return new ModelCall(call.CallId ?? "", call.Name ?? "", ModelCall.NoArguments, "they are not JSON.");
        }
    }

    private static string Unique(string id, HashSet<string> used)
    {
        var wanted = ProviderSafe().IsMatch(id) ? id : "call";
        var unique = wanted;
        for (var i = 2; unique == "call" || !used.Add(unique); i++)
        {
            unique = $"{wanted}-{i}";
        }

        return unique;
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,56}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex ProviderSafe();
}
