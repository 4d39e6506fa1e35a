using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>
/// Holds a JSON value against a schema of a description. Reads the keywords listed in <see cref="SchemaKeywords.Read"/>; the rest is
/// ignored on purpose. Two liberties: <c>oneOf</c> is taken as <c>anyOf</c>, because vendors write it where several fit; and a property
/// nobody declares is a problem unless <c>additionalProperties</c> invites it, because that is how a misspelt name shows.
/// </summary>
internal sealed class SchemaCheck(ApiDescription description, bool isRequest)
{
    private readonly DeclaredNames _names = new(description);

    public IReadOnlyList<string> Run(JsonElement schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, value, "$", problems, isPart: false);
        return problems;
    }

    /// <param name="isPart">The schema is one of several that describe the same value, so it need not declare every property.</param>
    private void Check(JsonElement given, JsonElement value, string at, List<string> problems, bool isPart)
    {
        if (given.ValueKind == JsonValueKind.False)
        {
            problems.Add($"{at} must not be there");
            return;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // OpenAPI 3.0 ignores what stands beside $ref; vendors write nullable there and mean it.
        var schema = description.Resolve(given);
        if (value.ValueKind == JsonValueKind.Null && (IsNullable(given) || IsNullable(schema)))
        {
            return;
        }

        if (!SchemaType.Allows(schema, value, out var wanted))
        {
            problems.Add($"{at} is {SchemaType.Of(value)}, wanted is {wanted}");
            return;
        }

        ValueRules.Check(schema, value, at, problems);
        CheckCombined(schema, value, at, problems);
        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(schema, value, at, problems, isPart);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                Check(items, item, $"{at}[{i}]", problems, isPart: false);
            }
        }
    }

    private void CheckCombined(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray())
            {
                Check(part, value, at, problems, isPart: true);
            }
        }

        foreach (var keyword in (string[])["anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(keyword, out var choices))
            {
                // Nothing when one fits; else what is wrong with the one that fits best.
                problems.AddRange(choices.EnumerateArray().Select(choice => ProblemsOfPart(choice, value, at)).MinBy(found => found.Count) ?? []);
            }
        }

        if (schema.TryGetProperty("not", out var not) && ProblemsOfPart(not, value, at).Count == 0)
        {
            problems.Add($"{at} is of a form that is ruled out");
        }
    }

    private List<string> ProblemsOfPart(JsonElement schema, JsonElement value, string at)
    {
        var found = new List<string>();
        Check(schema, value, at, found, isPart: true);
        return found;
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> problems, bool isPart)
    {
        var properties = schema.TryGetProperty("properties", out var declared) ? declared : default;
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            problems.AddRange(
                from name in required.EnumerateArray().Select(name => name.GetString() ?? "")
                where !value.TryGetProperty(name, out _) && !BelongsToOtherSide(Named(properties, name))
                select $"{at}.{name} is required and missing");
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        var allNames = isPart ? null : _names.Of(schema);
        foreach (var property in value.EnumerateObject())
        {
            var place = $"{at}.{property.Name}";
            if (Named(properties, property.Name) is { } own)
            {
                Check(own, property.Value, place, problems, isPart: false);
            }
            else if (others.ValueKind is JsonValueKind.Object or JsonValueKind.False)
            {
                Check(others, property.Value, place, problems, isPart: false);
            }
            else if (allNames is not null && !allNames.Contains(property.Name))
            {
                problems.Add($"{place} is not declared");
            }
        }
    }

    /// <summary>A property a server fills in is not required of a request, nor one only a client sends of an answer.</summary>
    private bool BelongsToOtherSide(JsonElement? property) =>
        property is { } one && IsTrue(description.Resolve(one), isRequest ? "readOnly" : "writeOnly");

    private static JsonElement? Named(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var property) ? property : null;

    private static bool IsNullable(JsonElement schema) => IsTrue(schema, "nullable") || IsTrue(schema, "x-nullable");

    private static bool IsTrue(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;
}
