namespace SreAgent.Testing.Specs;

/// <summary>What this reader makes of a schema's keywords. A description that uses one on neither list deserves a look.</summary>
public static class SchemaKeywords
{
    /// <summary>Held against values.</summary>
    public static IReadOnlySet<string> Read { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "$ref", "allOf", "anyOf", "oneOf", "not", "type", "nullable", "x-nullable", "enum", "const", "required", "properties", "additionalProperties", "items",
        "format", "pattern", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "readOnly", "writeOnly",
    };

    /// <summary>They say nothing about a value, or only to a reader that generates code.</summary>
    public static IReadOnlySet<string> Ignored { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "title", "description", "example", "examples", "default", "deprecated", "discriminator", "externalDocs", "xml", "uniqueItems", "multipleOf",
        "contentMediaType", "contentEncoding",
    };
}
