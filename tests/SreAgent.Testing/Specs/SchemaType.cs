using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>The keyword <c>type</c>: one name, or in OpenAPI 3.1 a list of them.</summary>
internal static class SchemaType
{
    public static bool Allows(JsonElement schema, JsonElement value, out string wanted)
    {
        wanted = "anything";
        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        string[] names = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(name => name.GetString() ?? "")] : [type.GetString() ?? ""];
        wanted = string.Join(" or ", names);
        return names.Any(name => Is(name, value));
    }

    /// <summary>As a sentence calls it.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static bool Is(string name, JsonElement value) => name switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        _ => true, // "file" of Swagger 2, and whatever else is no type of JSON
    };

    /// <summary>1.0 is an integer, as JSON Schema has it.</summary>
    private static bool IsWhole(JsonElement value) => value.TryGetInt64(out _) || Math.Abs(value.GetDouble() % 1) < double.Epsilon;
}
