using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>What a description says of a body of a given media type.</summary>
internal abstract record ApiBody
{
    private ApiBody()
    {
    }

    /// <summary>There is to be none.</summary>
    public sealed record None : ApiBody;

    /// <param name="Schema">Absent: anything.</param>
    public sealed record Described(JsonElement? Schema) : ApiBody;

    /// <param name="Declared">The media types that would be right.</param>
    public sealed record WrongType(string Declared) : ApiBody;

    /// <summary>Reads OpenAPI 3's <c>content</c> of a request body or response.</summary>
    public static ApiBody Of(ApiDescription description, JsonElement owner, string? mediaType)
    {
        if (!description.Resolve(owner).TryGetProperty("content", out var content) || !content.EnumerateObject().Any())
        {
            return new None();
        }

        foreach (var declared in content.EnumerateObject())
        {
            if (MediaTypes.Fits(declared.Name, mediaType))
            {
                return new Described(declared.Value.TryGetProperty("schema", out var schema) ? schema : null);
            }
        }

        return new WrongType(string.Join(" or ", content.EnumerateObject().Select(declared => declared.Name)));
    }
}
