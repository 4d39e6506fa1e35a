using System.Globalization;
using System.Text.Json;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Something with a time out of a tool's list, read leniently: tools name the same thing differently.</summary>
internal sealed record Listed(DateTimeOffset At, JsonElement Item)
{
    /// <param name="answer">A tool's answer: a list, or an object that holds one.</param>
    /// <param name="names">What the list and the moment may be called, the likeliest first.</param>
    public static IReadOnlyList<Listed> In(ToolAnswer answer, ListNames names) =>
    [
        .. Items(answer.Data, names.Lists)
            .Select(item => names.Moments.Select(name => Moment(item, name)).FirstOrDefault(moment => moment is not null) is { } at ? new Listed(at, item) : null)
            .OfType<Listed>().OrderBy(listed => listed.At),
    ];

    /// <summary>The first of these the item has.</summary>
    public string? Text(params string[] names) =>
        names.Select(name => name.Split('.').Aggregate((JsonElement?)Item, (at, part) => at is { } element && ToolAnswer.Child(element, part) is { } child && !IsNothing(child) ? child : null))
            .Where(value => value is { ValueKind: not JsonValueKind.Object and not JsonValueKind.Array and not JsonValueKind.Null }).Select(value => value.ToString()).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static bool IsNothing(JsonElement element) => element.ValueKind == JsonValueKind.Object && !element.EnumerateObject().Any();

    private static IEnumerable<JsonElement> Items(JsonElement data, IReadOnlyList<string> lists) =>
        data.ValueKind == JsonValueKind.Array ? data.EnumerateArray()
        : ToolAnswer.Items(lists.Append("items").Select(name => ToolAnswer.Child(data, name)).FirstOrDefault(child => child.ValueKind == JsonValueKind.Array));

    private static DateTimeOffset? Moment(JsonElement item, string name)
    {
        var value = ToolAnswer.Child(item, name);
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var milliseconds) && milliseconds is > 100_000_000_000 and < 100_000_000_000_000 => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            JsonValueKind.String when DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
            _ => null,
        };
    }
}

/// <param name="Lists">What the list may be called.</param>
/// <param name="Moments">What the time of an item may be called.</param>
internal sealed record ListNames(IReadOnlyList<string> Lists, IReadOnlyList<string> Moments)
{
    /// <summary>The end of a release tells more than its beginning, where a platform keeps it.</summary>
    public static ListNames Releases { get; } = new(["releases"], ["finishedAt", "completedAt", "createdAt", "at"]);

    public static ListNames Commits { get; } = new(["commits"], ["at", "date", "committedAt", "createdAt"]);

    public static ListNames Annotations { get; } = new(["annotations"], ["from", "at", "time", "createdAt"]);

    public static ListNames Lines { get; } = new(["lines", "logs"], ["at", "timestamp", "time"]);
}
