using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tools;

/// <summary>
/// Checks arguments against the part of JSON Schema that tools use: object, properties, required, additionalProperties, enum, and the
/// types string, integer, number, boolean, array and closed object. Parts it does not know (an outside server's <c>oneOf</c>, an open
/// object within) pass through unchecked to the server that wrote them.
/// </summary>
public static class ArgumentValidator
{
    /// <summary>Larger argument objects are refused unread. A tool call is a question, not an upload.</summary>
    public const int MaxBytes = 256 * 1024;

    // Nobody mends more mistakes at once than this, and a made-up call must not be answered with megabytes.
    private const int MostProblems = 20;

    public static ArgumentCheck Check(JsonElement schema, JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            arguments = ToolArguments.Empty.Value;
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return new ArgumentCheck.Invalid([$"Arguments must be a JSON object, not {Describe(arguments)}."]);
        }

        if (IsTooLarge(arguments))
        {
            return new ArgumentCheck.Invalid(
                [string.Create(CultureInfo.InvariantCulture, $"Arguments are {SizeOf(arguments):N0} bytes; at most {MaxBytes:N0} are accepted.")]);
        }

        var problems = new List<string>();
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            WriteChecked(schema, arguments, writer, problems);
        }
        catch (InvalidOperationException)
        {
            // How .NET refuses to read a string with half of a surrogate pair.
            return new ArgumentCheck.Invalid(["Arguments hold text that is not valid Unicode (half of a surrogate pair); send it whole or leave it out."]);
        }

        if (problems.Count > 0)
        {
            return new ArgumentCheck.Invalid(problems.Count <= MostProblems ? problems
                : [.. problems.Take(MostProblems), string.Create(CultureInfo.InvariantCulture, $"And {problems.Count - MostProblems:N0} more.")]);
        }

        return new ArgumentCheck.Valid(new ToolArguments(JsonElement.Parse(buffer.WrittenSpan)));
    }

    /// <summary>Whether arguments are over <see cref="MaxBytes"/>, which nobody reads.</summary>
    public static bool IsTooLarge(JsonElement arguments) => SizeOf(arguments) > MaxBytes;

    private static int SizeOf(JsonElement element) => JsonElementBytes.Of(element).Length;

    private static void WriteChecked(JsonElement schema, JsonElement arguments, Utf8JsonWriter writer, List<string> problems)
    {
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var open = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.False;
        var seen = new HashSet<string>(StringComparer.Ordinal);

        writer.WriteStartObject();
        foreach (var argument in arguments.EnumerateObject())
        {
            if (!seen.Add(argument.Name))
            {
                problems.Add($"Argument '{argument.Name}' is given twice.");
                continue;
            }

            if (!known || !properties.TryGetProperty(argument.Name, out var property))
            {
                if (open)
                {
                    argument.WriteTo(writer);
                }
                else
                {
                    problems.Add($"There is no argument '{argument.Name}'. {NamesOf(properties, known)}");
                }

                continue;
            }

            if (argument.Value.ValueKind == JsonValueKind.Null && !IsRequired(schema, argument.Name))
            {
                continue;
            }

            writer.WritePropertyName(argument.Name);
            WriteValue(argument.Name, property, argument.Value, writer, problems);
        }

        writer.WriteEndObject();
        problems.AddRange(Missing(schema, seen).Select(name => $"Argument '{name}' is required. {DescriptionOf(properties, known, name)}".TrimEnd()));
    }

    private static void WriteValue(string name, JsonElement schema, JsonElement value, Utf8JsonWriter writer, List<string> problems)
    {
        var type = schema.TryGetProperty("type", out var declared) && declared.ValueKind == JsonValueKind.String ? declared.GetString() : null;
        switch (type)
        {
            case "string" when value.ValueKind == JsonValueKind.String:
                WriteString(name, schema, value.GetString()!, writer, problems); // The value's kind is string.
                return;
            case "string" when value.ValueKind == JsonValueKind.Number:
                WriteString(name, schema, value.GetRawText(), writer, problems);
                return;
            case "integer" when AsInteger(value) is { } integer:
                if (Math.Abs((decimal)integer) > CanonicalJson.LargestExactInteger)
                {
                    problems.Add($"Argument '{name}' must be a whole number of at most {CanonicalJson.LargestExactInteger} either way, not {integer}.");
                }

                writer.WriteNumberValue(integer);
                return;
            case "number" when AsNumber(value) is { } number:
                writer.WriteNumberValue(number);
                return;
            case "boolean" when AsBoolean(value) is { } boolean:
                writer.WriteBooleanValue(boolean);
                return;
            case "array" when value.ValueKind == JsonValueKind.Array:
                WriteArray(name, schema, value, writer, problems);
                return;
            case "array" when value.ValueKind == JsonValueKind.String && schema.TryGetProperty("items", out var items):
                writer.WriteStartArray();
                WriteValue(name, items, value, writer, problems);
                writer.WriteEndArray();
                return;
            case "object" when value.ValueKind == JsonValueKind.Object && IsClosed(schema):
                WriteChecked(schema, value, writer, problems);
                return;
            case null or "object" when type is null || value.ValueKind == JsonValueKind.Object:
                value.WriteTo(writer);
                return;
            default:
                problems.Add($"Argument '{name}' must be {Article(type)}, not {Describe(value)}.");
                writer.WriteNullValue();
                return;
        }
    }

    private static void WriteArray(string name, JsonElement schema, JsonElement value, Utf8JsonWriter writer, List<string> problems)
    {
        writer.WriteStartArray();
        var hasItems = schema.TryGetProperty("items", out var items);
        foreach (var item in value.EnumerateArray())
        {
            if (hasItems)
            {
                WriteValue(name, items, item, writer, problems);
            }
            else
            {
                item.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteString(string name, JsonElement schema, string value, Utf8JsonWriter writer, List<string> problems)
    {
        writer.WriteStringValue(value);
        if (!schema.TryGetProperty("enum", out var allowed) || allowed.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var names = allowed.EnumerateArray().Select(option => option.ToString()).ToArray();
        if (!names.Contains(value, StringComparer.Ordinal))
        {
            problems.Add($"Argument '{name}' must be one of {string.Join(", ", names)}, not \"{Shortened(value)}\".");
        }
    }

    private static IEnumerable<string> Missing(JsonElement schema, HashSet<string> seen) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? required.EnumerateArray().Select(name => name.GetString()!).Where(name => !seen.Contains(name))
            : [];

    /// <summary>Ours are, and are checked throughout; an outside server's open object is left to that server.</summary>
    private static bool IsClosed(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
        && required.EnumerateArray().Any(item => item.ValueEquals(name));

    private static string NamesOf(JsonElement properties, bool known) =>
        known && properties.EnumerateObject().Select(property => property.Name).ToArray() is { Length: > 0 } names
            ? $"It takes: {string.Join(", ", names)}."
            : "It takes no arguments.";

    private static string DescriptionOf(JsonElement properties, bool known, string name) =>
        known && properties.TryGetProperty(name, out var property) && property.TryGetProperty("description", out var description)
            ? $"({description.GetString()})"
            : "";

    private static long? AsInteger(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var exact) ? exact
                : value.TryGetDouble(out var real) && Math.Abs(real) < 9e15 && real == Math.Truncate(real) ? (long)real
                : null;
        }

        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }

    private static double? AsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            && double.IsFinite(parsed) ? parsed
        : null;

    private static bool? AsBoolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var parsed) => parsed,
        _ => null,
    };

    private static string Describe(JsonElement value) => Shortened(value.GetRawText());

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static string Article(string? type) => type switch
    {
        "integer" => "a whole number",
        "array" => "a list",
        "object" => "an object",
        null => "something else",
        _ => $"a {type}",
    };
}
