using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Testing.Specs;

/// <summary>The keywords that limit a single value: enum, const, lengths, sizes, ranges, pattern, format.</summary>
internal static class ValueRules
{
    private static readonly TimeSpan PatternPatience = TimeSpan.FromSeconds(1);

    public static void Check(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
        {
            problems.Add($"{at} is {Shown(value)}, allowed are {string.Join(", ", values.EnumerateArray().Select(allowed => allowed.ToString()))}");
        }

        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            problems.Add($"{at} is {Shown(value)}, allowed is {only}");
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(schema, value.GetString() ?? "", at, problems);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value, at, problems);
                break;
            case JsonValueKind.Array:
                CheckSize(schema, "Items", value.GetArrayLength(), at, problems);
                break;
            case JsonValueKind.Object:
                CheckSize(schema, "Properties", value.GetPropertyCount(), at, problems);
                break;
            default:
                break;
        }
    }

    private static void CheckText(JsonElement schema, string text, string at, List<string> problems)
    {
        CheckSize(schema, "Length", text.EnumerateRunes().Count(), at, problems);
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString() ?? "", RegexOptions.ECMAScript, PatternPatience))
        {
            problems.Add($"{at} is {Shown(text)}, which does not match {pattern}");
        }

        if (schema.TryGetProperty("format", out var format) && !TextFormat.Allows(format.GetString() ?? "", text))
        {
            problems.Add($"{at} is {Shown(text)}, which is no {format}");
        }
    }

    private static void CheckNumber(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        var number = value.GetDouble();

        // Exclusive bounds are truth values beside the bound in OpenAPI 3.0, and bounds of their own in 3.1.
        var (minimum, maximum) = (Number(schema, "minimum"), Number(schema, "maximum"));
        if (number < minimum || number <= Number(schema, "exclusiveMinimum") || (number <= minimum && IsTrue(schema, "exclusiveMinimum")))
        {
            problems.Add($"{at} is {value}, which is too small");
        }

        if (number > maximum || number >= Number(schema, "exclusiveMaximum") || (number >= maximum && IsTrue(schema, "exclusiveMaximum")))
        {
            problems.Add($"{at} is {value}, which is too large");
        }

        if (schema.TryGetProperty("format", out var format) && format.ValueEquals("int32") && !value.TryGetInt32(out _))
        {
            problems.Add($"{at} is {value}, which is no int32");
        }
    }

    private static void CheckSize(JsonElement schema, string what, int size, string at, List<string> problems)
    {
        if (size < Number(schema, $"min{what}"))
        {
            problems.Add($"{at} is of {size} {what.ToLowerInvariant()}, at least {Number(schema, $"min{what}")} are wanted");
        }

        if (size > Number(schema, $"max{what}"))
        {
            problems.Add($"{at} is of {size} {what.ToLowerInvariant()}, at most {Number(schema, $"max{what}")} are allowed");
        }
    }

    private static double? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool IsTrue(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Shown(object value) => value.ToString() is { Length: > 60 } text ? text[..60] + "…" : $"{value}";
}
