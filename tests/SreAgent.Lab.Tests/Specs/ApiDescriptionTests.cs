using System.Text;
using SreAgent.Testing.Specs;

namespace SreAgent.Lab.Tests.Specs;

public class ApiDescriptionTests
{
    private static readonly ApiDescription Shop = ApiDescription.Parse(Encoding.UTF8.GetBytes(
        """
        { "openapi": "3.0.3", "servers": [{ "url": "https://shop.example/v1" }],
          "paths": {
            "/orders": {
              "parameters": [{ "$ref": "#/components/parameters/tenant" }],
              "get": {
                "parameters": [
                  { "name": "limit", "in": "query", "required": true, "schema": { "type": "integer", "maximum": 100 } },
                  { "name": "state", "in": "query", "schema": { "type": "array", "items": { "enum": ["open", "paid"] } } },
                  { "name": "label", "in": "query", "explode": false, "schema": { "type": "array", "items": { "type": "string", "maxLength": 3 } } } ],
                "responses": { "200": { "content": { "application/json": { "schema": { "type": "array", "items": { "type": "integer" } } } } },
                               "4XX": { "$ref": "#/components/responses/refused" } } },
              "post": { "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object", "required": ["id"],
                          "properties": { "id": { "type": "integer", "readOnly": true }, "item": { "type": "string" } } } } } },
                        "responses": { "201": { "description": "no body" }, "default": { "$ref": "#/components/responses/refused" } } } },
            "/orders/latest": { "get": { "responses": { "204": {} } } },
            "/orders/{id}": { "get": { "responses": { "200": { "content": { "text/plain": {}, "application/vnd.shop+json": { "schema": { "type": "object" } } } } } } },
            "/files/{path}": { "get": { "responses": { "200": {} } } },
            "/files/{path}/history": { "get": { "responses": { "200": {} } } } },
          "components": {
            "parameters": { "tenant": { "name": "X-Tenant", "in": "header", "required": true, "schema": { "type": "string" } } },
            "responses": { "refused": { "content": { "application/json": { "schema": { "type": "object", "required": ["message"], "properties": { "message": { "type": "string" } } } } } } } } }
        """));

    [Theory]
    [InlineData("GET", "/v1/orders", "GET /orders")]
    [InlineData("get", "/v1/orders/17", "GET /orders/{id}")]
    [InlineData("GET", "/v1/orders/latest", "GET /orders/latest")]
    [InlineData("GET", "/v1/files/a%2Fb", "GET /files/{path}")]
    [InlineData("GET", "/v1/files/a/b/c", "GET /files/{path}")]
    [InlineData("GET", "/v1/files/a/history", "GET /files/{path}/history")]
    public void The_template_with_most_literal_text_wins(string method, string path, string operation) =>
        Assert.Equal(operation, Shop.Find(method, path, out _)?.ToString());

    [Theory]
    [InlineData("GET", "/v1/baskets", "the path is not in the description")]
    [InlineData("GET", "/orders", "the path is not in the description")]
    [InlineData("GET", "/v1/orders/", "GET /v1/orders/: the path is not")]
    [InlineData("GET", "/v1/orders/17/items", "the path is not in the description")]
    [InlineData("DELETE", "/v1/orders/17", "knows only GET there")]
    public void What_the_vendor_does_not_describe_is_a_problem(string method, string path, string problem)
    {
        Assert.Null(Shop.Find(method, path, out var why));
        Assert.Contains(problem, why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_faithful_exchange_has_no_problems() =>
        Assert.Empty(Shop.Check(List([1, 2], ("limit", "5"), ("state", "open"), ("state", "paid"), ("label", "a,b"))));

    [Theory]
    [InlineData("", "", "query parameter limit is required and missing")]
    [InlineData("limit", "many", "limit: $ is string, wanted is integer")]
    [InlineData("limit", "101", "too large")]
    [InlineData("limt", "5", "query parameter limt is not declared")]
    [InlineData("state", "lost", "allowed are open, paid")]
    [InlineData("label", "ok,long", "at most 3")]
    public void A_wrong_query_is_a_problem(string name, string value, string problem)
    {
        var exchange = name.Length == 0 ? List([]) : name == "limit" ? List([], (name, value)) : List([], ("limit", "5"), (name, value));

        Assert.Contains(problem, Assert.Single(Shop.Check(exchange)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_header_is_a_problem() =>
        Assert.Contains(
            "header X-Tenant is required and missing",
            Assert.Single(Shop.Check(List([], ("limit", "5")) with { RequestHeaders = new HashSet<string>() })),
            StringComparison.Ordinal);

    [Fact]
    public void A_body_is_held_against_its_schema_and_what_the_server_fills_in_is_not_asked_of_the_client()
    {
        Assert.Empty(Shop.Check(Order("""{ "item": "tea" }""")));
        Assert.Contains("$.item is integer, wanted is string", Assert.Single(Shop.Check(Order("""{ "item": 1 }"""))), StringComparison.Ordinal);
        Assert.Contains("$.itme is not declared", Assert.Single(Shop.Check(Order("""{ "itme": "tea" }"""))), StringComparison.Ordinal);
        Assert.Contains("is not JSON", Assert.Single(Shop.Check(Order("tea"))), StringComparison.Ordinal);
        Assert.Contains("is required and missing", Assert.Single(Shop.Check(Order(""))), StringComparison.Ordinal);
        Assert.Contains("declared is application/json", Assert.Single(Shop.Check(Order("item=tea") with { RequestType = "application/x-www-form-urlencoded" })), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_held_against_the_status_it_has()
    {
        var refused = List([], ("limit", "5")) with { Status = 404, ResponseBody = """{ "message": "gone" }"""u8.ToArray() };

        Assert.Empty(Shop.Check(refused));
        Assert.Contains("response 404: $.message is required", Assert.Single(Shop.Check(refused with { ResponseBody = "{}"u8.ToArray() })), StringComparison.Ordinal);
        Assert.Contains("response 500 is not declared", Assert.Single(Shop.Check(refused with { Status = 500 })), StringComparison.Ordinal);
        Assert.Contains("has no body", Assert.Single(Shop.Check(refused with { ResponseBody = default, ResponseType = null })), StringComparison.Ordinal);
        Assert.Contains("declares none", Assert.Single(Shop.Check(Order("{}") with { ResponseBody = "{}"u8.ToArray(), ResponseType = "application/json" })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_media_type_decides_which_schema_counts()
    {
        var exchange = new ApiExchange("GET", "/v1/orders/1") { Status = 200, ResponseType = "text/plain", ResponseBody = "[]"u8.ToArray() };

        Assert.Empty(Shop.Check(exchange));
        Assert.Single(Shop.Check(exchange with { ResponseType = "application/vnd.shop+json" }));
        Assert.Contains("declared is text/plain or application/vnd.shop+json", Assert.Single(Shop.Check(exchange with { ResponseType = "application/json" })), StringComparison.Ordinal);
    }

    [Fact]
    public void Swagger_2_is_read_where_it_keeps_things()
    {
        var old = ApiDescription.Parse(Encoding.UTF8.GetBytes(
            """
            { "swagger": "2.0", "basePath": "/api",
              "paths": { "/notes": { "post": {
                "parameters": [ { "in": "body", "name": "b", "required": true, "schema": { "$ref": "#/definitions/Note" } },
                                { "in": "query", "name": "tags", "type": "array", "collectionFormat": "multi", "items": { "type": "string" } },
                                { "in": "query", "name": "at", "type": "integer" } ],
                "responses": { "200": { "$ref": "#/responses/note" } } } } },
              "responses": { "note": { "schema": { "$ref": "#/definitions/Note" } } },
              "definitions": { "Note": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string" } } } } }
            """));
        var note = """{ "text": "hello" }"""u8.ToArray();
        var exchange = new ApiExchange("POST", "/api/notes")
        {
            Query = [new("tags", "a"), new("tags", "b,c"), new("at", "7")],
            RequestType = "application/json",
            RequestBody = note,
            Status = 200,
            ResponseType = "application/json",
            ResponseBody = note,
        };

        Assert.Empty(old.Check(exchange));
        Assert.Contains("request body: $.text is required", Assert.Single(old.Check(exchange with { RequestBody = "{}"u8.ToArray() })), StringComparison.Ordinal);
        Assert.Contains("response 200: $.text is required", Assert.Single(old.Check(exchange with { ResponseBody = "{}"u8.ToArray() })), StringComparison.Ordinal);
        Assert.Contains("response 200 is text/plain; declared is application/json", Assert.Single(old.Check(exchange with { ResponseType = "text/plain" })), StringComparison.Ordinal);
        Assert.Contains("at: $ is string", Assert.Single(old.Check(exchange with { Query = [new("at", "noon")] })), StringComparison.Ordinal);
    }

    private static ApiExchange List(int[] answer, params (string Name, string Value)[] query) => new("GET", "/v1/orders")
    {
        Query = [.. query.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))],
        RequestHeaders = new HashSet<string> { "X-Tenant" },
        Status = 200,
        ResponseType = "application/json",
        ResponseBody = Encoding.UTF8.GetBytes($"[{string.Join(',', answer)}]"),
    };

    private static ApiExchange Order(string body) => new("POST", "/v1/orders")
    {
        RequestHeaders = new HashSet<string> { "X-Tenant" },
        RequestType = "application/json",
        RequestBody = Encoding.UTF8.GetBytes(body),
        Status = 201,
    };
}
