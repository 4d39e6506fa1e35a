using System.Text.Json;
using SreAgent.Testing;
using SreAgent.Testing.Specs;

namespace SreAgent.Lab.Tests.Specs;

public class VendorSpecsTests
{
    [Fact]
    public void GitHubs_description_uses_no_keyword_that_is_overlooked()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Path("tests", "specs", "github", "api.github.com.json")));

        var used = document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().SelectMany(schema => Keywords(schema.Value)).Distinct();

        Assert.Empty(used.Except(SchemaKeywords.Read).Except(SchemaKeywords.Ignored));
    }

    [Fact]
    public void Every_reference_in_GitHubs_description_leads_somewhere()
    {
        Assert.NotNull(VendorSpecs.GitHub.Find("GET", "/repos/o/r/contents/src/a.cs", out _));
        using var document = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Path("tests", "specs", "github", "api.github.com.json")));

        var dangling = References(document.RootElement).Distinct().Where(reference => !Exists(document.RootElement, reference));

        Assert.Empty(dangling);
    }

    private static bool Exists(JsonElement root, string reference) =>
        reference[2..].Split('/').Aggregate((JsonElement?)root, (node, name) => node is { } at && at.TryGetProperty(name, out var next) ? next : null) is not null;

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(property =>
            property.Name == "$ref" && property.Value.ValueKind == JsonValueKind.String ? [property.Value.GetString()!] : References(property.Value)), // A string has text.
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static IEnumerable<string> Keywords(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
        {
            "properties" => keyword.Value.EnumerateObject().SelectMany(property => Keywords(property.Value)),
            "allOf" or "anyOf" or "oneOf" => keyword.Value.EnumerateArray().SelectMany(Keywords),
            "items" or "not" or "additionalProperties" => Keywords(keyword.Value),
            _ => Enumerable.Empty<string>(),
        }).Concat(schema.EnumerateObject().Select(keyword => keyword.Name));
    }
}
