using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>Every property name a schema declares, in itself and in the schemas it is put together from.</summary>
internal sealed class DeclaredNames(ApiDescription description)
{
    private static readonly string[] Combining = ["allOf", "anyOf", "oneOf"];

    /// <summary>Null when it takes any name: it says so, or it declares none.</summary>
    public IReadOnlySet<string>? Of(JsonElement schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return Collect(schema, names) && names.Count > 0 ? names : null;
    }

    private bool Collect(JsonElement given, HashSet<string> names)
    {
        var schema = description.Resolve(given);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var invites = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.False;
        var isOpenObject = schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object")
            && !schema.TryGetProperty("properties", out _) && !Combining.Any(keyword => schema.TryGetProperty(keyword, out _));
        if (invites || isOpenObject)
        {
            return false;
        }

        if (schema.TryGetProperty("properties", out var properties))
        {
            names.UnionWith(properties.EnumerateObject().Select(property => property.Name));
        }

        return Combining
            .SelectMany(keyword => schema.TryGetProperty(keyword, out var parts) ? parts.EnumerateArray() : Enumerable.Empty<JsonElement>())
            .All(part => Collect(part, names));
    }
}
