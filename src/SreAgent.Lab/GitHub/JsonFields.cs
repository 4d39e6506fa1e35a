using System.Text.Json;

namespace SreAgent.Lab.GitHub;

/// <summary>The fields of a request's JSON body, with GitHub's complaint about those that are missing or of the wrong type.</summary>
internal sealed class JsonFields(JsonElement? body)
{
    public bool Has(string name) => Field(name) is not null;

    public JsonElement? Field(string name) =>
        body is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null when absent or null.</summary>
    public string? Text(string name) => Field(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    public string Required(string resource, string name) => Text(name) is { Length: > 0 } text ? text : throw GitHubRefusal.Invalid(resource, name, "missing_field");

    /// <summary>Text that must be one of a few.</summary>
    public string? OneOf(string resource, string name, params string[] allowed) =>
        Text(name) is not { } text || allowed.Contains(text, StringComparer.Ordinal) ? Text(name) : throw GitHubRefusal.Invalid(resource, name, "invalid");

    public int? Number(string name) => Field(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => throw Wrong(name, "an integer"),
    };

    public bool? Flag(string name) => Field(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "a boolean"),
    };

    /// <summary>Moments are stated in RFC 3339.</summary>
    public DateTimeOffset? Moment(string name) =>
        Text(name) is not { } text ? null : DateTimeOffset.TryParse(text, out var moment) ? moment : throw Wrong(name, "a date-time");

    /// <summary>Names, given as texts or as objects with a name. Null when absent.</summary>
    public IReadOnlyList<string>? Names(string name)
    {
        // A list of labels may be the whole body.
        var list = body is { ValueKind: JsonValueKind.Array } whole ? whole : Field(name);
        return list switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.Array } items =>
                [.. items.EnumerateArray().Select(item => NameOf(item) ?? throw Wrong(name, "an array of names"))],
            _ => throw Wrong(name, "an array"),
        };
    }

    public IReadOnlyList<JsonFields> Objects(string name) =>
        Field(name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => [],
            { ValueKind: JsonValueKind.Array } items => [.. items.EnumerateArray().Select(item => new JsonFields(item))],
            _ => throw Wrong(name, "an array"),
        };

    private static string? NameOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Object when item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String => name.GetString(),
        _ => null,
    };

    private static GitHubRefusal Wrong(string name, string wanted) =>
        GitHubRefusal.Of(422, $"Invalid request.\n\nFor 'properties/{name}', the value is not {wanted}.");
}
