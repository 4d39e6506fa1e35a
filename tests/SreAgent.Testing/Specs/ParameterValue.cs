using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>Holds the text of a query parameter against its declared schema.</summary>
internal static class ParameterValue
{
    public static IEnumerable<string> Check(ApiDescription description, JsonElement parameter, string text)
    {
        // Swagger 2 writes the schema's keywords into the parameter itself.
        var schema = description.Resolve(parameter.TryGetProperty("schema", out var own) ? own : parameter);
        var name = parameter.GetProperty("name").GetString();
        string[] values = [text];
        if (schema.TryGetProperty("type", out var type) && type.ValueEquals("array"))
        {
            values = IsRepeated(parameter) ? values : text.Split(',');
            schema = schema.TryGetProperty("items", out var items) ? description.Resolve(items) : schema;
        }

        return
            from value in values
            from problem in new SchemaCheck(description, isRequest: true).Run(schema, AsJson(schema, value))
            select $"{name}: {problem}";
    }

    private static bool IsRepeated(JsonElement parameter) =>
        parameter.TryGetProperty("collectionFormat", out var format)
            ? format.ValueEquals("multi")
            : parameter.TryGetProperty("schema", out _) && !(parameter.TryGetProperty("explode", out var explode) && explode.ValueKind == JsonValueKind.False);

    /// <summary>A number or truth value where the schema wants one and the text is one; text otherwise, so that the check can complain.</summary>
    private static JsonElement AsJson(JsonElement schema, string text)
    {
        var type = schema.TryGetProperty("type", out var declared) && declared.ValueKind == JsonValueKind.String ? declared.GetString() : null;
        return (type, text) switch
        {
            ("integer" or "number", _) when decimal.TryParse(text, out var number) => JsonSerializer.SerializeToElement(number),
            ("boolean", "true") => JsonSerializer.SerializeToElement(true),
            ("boolean", "false") => JsonSerializer.SerializeToElement(false),
            _ => JsonSerializer.SerializeToElement(text),
        };
    }
}
