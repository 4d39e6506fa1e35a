using System.Text.Json;
using SreAgent.Core.Conversations;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>What was said last, for whoever comes back to a conversation.</summary>
internal static class PastMessages
{
    private const int Shown = 4;
    private const int LinesEach = 6;

    public static IEnumerable<string> Lines(IReadOnlyList<StoredMessage> messages, int width, Ink ink)
    {
        var said = messages.Select(message => (message, text: TextOf(message))).Where(pair => pair.text.Length > 0).TakeLast(Shown).ToArray();
        foreach (var (message, text) in said)
        {
            var lines = SafeText.Lines(text).Split('\n');
            foreach (var (line, index) in lines.Take(LinesEach).Select((line, index) => (line, index)))
            {
                yield return ink.Dim((message.Role == "user" && index == 0 ? "› " : "  ") + CellWidth.Cut(line, width - 2));
            }

            if (lines.Length > LinesEach)
            {
                yield return ink.Dim($"  … {lines.Length - LinesEach} more lines");
            }
        }
    }

    /// <summary>The words of a person's or the agent's message. The body's other parts are the runtime's affair.</summary>
    private static string TextOf(StoredMessage message)
    {
        if (message.Role is not ("user" or "assistant"))
        {
            return "";
        }

        try
        {
            var body = JsonElement.Parse(message.Body);
            return body.ValueKind != JsonValueKind.Object ? ""
                : body.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!
                : body.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array ? string.Concat(parts.EnumerateArray().Select(PartText))
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string PartText(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
