using System.Text.Json;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>A tool's result as the responder reads it: leniently, since tools may say more than it knows.</summary>
internal sealed record ToolAnswer(string Status, JsonElement Document)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public bool IsFound => Status is "found" or "cut";

    public JsonElement Data => Child(Document, "data");

    public string Explanation => Text(Document, "explanation") ?? Text(Document, "reason") ?? Text(Document, "question") ?? "";

    public JsonElement Evidence => Child(Document, "evidence");

    public IEnumerable<string> Notes => Items(Child(Evidence, "notes")).Select(note => note.ToString());

    /// <summary>Takes the fence of outside text away and reads what is inside.</summary>
    public static ToolAnswer Read(string text)
    {
        var inside = text;
        if (text.StartsWith("<outside-text-", StringComparison.Ordinal))
        {
            var begin = text.IndexOf('\n', StringComparison.Ordinal) + 1;
            var end = text.LastIndexOf('\n');
            inside = begin > 0 && end > begin ? text[begin..end] : text;
        }

        try
        {
            var document = JsonElement.Parse(inside);
            return document.ValueKind == JsonValueKind.Object ? new ToolAnswer(Text(document, "status") ?? "found", document) : new ToolAnswer("found", Nothing);
        }
        catch (JsonException)
        {
            return new ToolAnswer("unreadable", JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["explanation"] = inside }));
        }
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value.ToString()
            : null;

    public static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : Nothing;

    public static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    public static double Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
