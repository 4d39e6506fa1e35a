using System.Text;
using SreAgent.Testing.Specs;

namespace SreAgent.Lab.Tests.Specs;

public class SchemaTests
{
    [Theory]
    [InlineData("""{ "type": "integer" }""", "1")]
    [InlineData("""{ "type": "integer" }""", "1.0")]
    [InlineData("""{ "type": "number" }""", "1.5")]
    [InlineData("""{ "type": ["string", "null"] }""", "null")]
    [InlineData("""{ "type": "string", "nullable": true, "enum": ["a"] }""", "null")]
    [InlineData("""{ "$ref": "#/components/schemas/name", "nullable": true }""", "null")]
    [InlineData("""{ "type": "string", "x-nullable": true }""", "null")]
    [InlineData("""{ "enum": ["a", 2] }""", "2")]
    [InlineData("""{ "type": "object", "properties": { "a": {} } }""", """{ "a": [] }""")]
    [InlineData("""{ "type": "object" }""", """{ "anything": 1 }""")]
    [InlineData("""{ "properties": { "a": {} }, "additionalProperties": true }""", """{ "b": 1 }""")]
    [InlineData("""{ "additionalProperties": { "type": "integer" } }""", """{ "b": 1 }""")]
    [InlineData("""{ "allOf": [{ "properties": { "a": {} } }, { "properties": { "b": {} } }] }""", """{ "a": 1, "b": 2 }""")]
    [InlineData("""{ "oneOf": [{ "type": "string" }, { "type": "integer" }] }""", "1")]
    [InlineData("""{ "oneOf": [{ "type": "number" }, { "type": "integer" }] }""", "1")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "\"2026-11-20T10:00:00Z\"")]
    [InlineData("""{ "type": "string", "format": "made-up" }""", "\"x\"")]
    [InlineData("""{ "pattern": "^a+$", "minLength": 2 }""", "\"aa\"")]
    [InlineData("""{ "$ref": "#/components/schemas/tree" }""", """{ "children": [{ "children": [] }] }""")]
    [InlineData("""{ "minimum": 1, "exclusiveMinimum": true }""", "1.5")]
    [InlineData("""{ "not": { "type": "string" } }""", "1")]
    [InlineData("""{ "unheard-of": 1 }""", "1")]
    public void What_fits_has_no_problems(string schema, string value) => Assert.Empty(Check(schema, value));

    [Theory]
    [InlineData("""{ "type": "integer" }""", "1.5", "$ is number, wanted is integer")]
    [InlineData("""{ "type": "string" }""", "null", "$ is null, wanted is string")]
    [InlineData("""{ "type": ["string", "null"] }""", "1", "wanted is string or null")]
    [InlineData("""{ "enum": ["a", "b"] }""", "\"c\"", "$ is c, allowed are a, b")]
    [InlineData("""{ "const": 1 }""", "2", "allowed is 1")]
    [InlineData("""{ "items": { "type": "integer" } }""", "[1, \"x\"]", "$[1] is string")]
    [InlineData("""{ "required": ["a"] }""", "{}", "$.a is required and missing")]
    [InlineData("""{ "properties": { "a": { "type": "string" } } }""", """{ "a": 1 }""", "$.a is integer")]
    [InlineData("""{ "properties": { "a": {} } }""", """{ "b": 1 }""", "$.b is not declared")]
    [InlineData("""{ "properties": { "a": {} }, "additionalProperties": false }""", """{ "b": 1 }""", "$.b must not be there")]
    [InlineData("""{ "additionalProperties": { "type": "integer" } }""", """{ "b": "x" }""", "$.b is string")]
    [InlineData("""{ "allOf": [{ "properties": { "a": {} } }, { "required": ["b"], "properties": { "b": {} } }] }""", """{ "a": 1 }""", "$.b is required")]
    [InlineData("""{ "allOf": [{ "properties": { "a": {} } }, { "properties": { "b": {} } }] }""", """{ "c": 1 }""", "$.c is not declared")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, { "type": "integer" }] }""", "[]", "$ is array, wanted is string")]
    [InlineData("""{ "oneOf": [{ "required": ["a", "b"] }, { "required": ["c"] }] }""", "{}", "$.c is required")]
    [InlineData("""{ "format": "date-time" }""", "\"yesterday\"", "which is no date-time")]
    [InlineData("""{ "format": "uri" }""", "\"here\"", "which is no uri")]
    [InlineData("""{ "format": "int32" }""", "3000000000", "no int32")]
    [InlineData("""{ "pattern": "^a+$" }""", "\"b\"", "does not match ^a+$")]
    [InlineData("""{ "minLength": 2 }""", "\"a\"", "at least 2")]
    [InlineData("""{ "maxItems": 1 }""", "[1, 2]", "at most 1")]
    [InlineData("""{ "maxProperties": 0 }""", """{ "a": 1 }""", "at most 0")]
    [InlineData("""{ "minimum": 1, "exclusiveMinimum": true }""", "1", "too small")]
    [InlineData("""{ "exclusiveMaximum": 3 }""", "3", "too large")]
    [InlineData("""{ "not": { "type": "string" } }""", "\"a\"", "ruled out")]
    public void What_does_not_fit_says_where_and_why(string schema, string value, string problem) =>
        Assert.Contains(problem, Assert.Single(Check(schema, value)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Check(string schema, string value)
    {
        var description = ApiDescription.Parse(Encoding.UTF8.GetBytes(
            $$"""
            { "openapi": "3.1.0", "paths": { "/it": { "get": { "responses": { "200": { "content": { "application/json": { "schema": {{schema}} } } } } } } },
              "components": { "schemas": { "name": { "type": "string" },
                "tree": { "type": "object", "required": ["children"], "properties": { "children": { "type": "array", "items": { "$ref": "#/components/schemas/tree" } } } } } } }
            """));
        return description.Check(new ApiExchange("GET", "/it") { Status = 200, ResponseType = "application/json", ResponseBody = Encoding.UTF8.GetBytes(value) });
    }
}
