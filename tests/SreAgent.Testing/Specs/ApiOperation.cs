using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>One method of one path of a description, and what it asks of requests and answers.</summary>
public sealed class ApiOperation
{
    /// <summary>OpenAPI says to ignore parameters of these names: they are described elsewhere.</summary>
    private static readonly string[] HeadersDescribedElsewhere = ["Accept", "Content-Type", "Authorization"];

    private readonly ApiDescription _description;
    private readonly JsonElement _operation;
    private readonly string _name;
    private readonly IReadOnlyList<JsonElement> _parameters;

    internal ApiOperation(ApiDescription description, string method, PathTemplate path, JsonElement item, JsonElement operation)
    {
        (_description, _operation) = (description, operation);
        _name = $"{method} {path}";

        // The operation's own parameter replaces the path's of the same name and place.
        _parameters = [.. Listed(operation).Concat(Listed(item)).DistinctBy(parameter => (Text(parameter, "in"), Text(parameter, "name")))];
    }

    /// <summary><c>GET /apps/{app_name}</c>.</summary>
    public override string ToString() => _name;

    /// <summary>What is wrong with the request.</summary>
    public IReadOnlyList<string> CheckRequest(ApiExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return [.. CheckQuery(exchange).Concat(CheckHeaders(exchange)).Concat(CheckRequestBody(exchange)).Select(problem => $"{_name}: {problem}")];
    }

    /// <summary>What is wrong with the answer.</summary>
    public IReadOnlyList<string> CheckResponse(ApiExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        if (!_operation.TryGetProperty("responses", out var responses) || Declared(responses, exchange.Status) is not { } response)
        {
            return [$"{_name}: response {exchange.Status} is not declared"];
        }

        var body = _description.IsSwagger2 ? OfSwagger(response, exchange.ResponseType) : ApiBody.Of(_description, response, exchange.ResponseType);
        return [.. Check(body, $"response {exchange.Status}", exchange.ResponseType, exchange.ResponseBody, isRequest: false).Select(problem => $"{_name}: {problem}")];
    }

    private IEnumerable<string> CheckQuery(ApiExchange exchange)
    {
        var declared = _parameters.Where(parameter => Text(parameter, "in") == "query").ToDictionary(parameter => Text(parameter, "name"), StringComparer.Ordinal);
        foreach (var missing in declared.Values.Where(IsRequired).Select(parameter => Text(parameter, "name")).Where(name => exchange.Query.All(pair => pair.Key != name)))
        {
            yield return $"query parameter {missing} is required and missing";
        }

        foreach (var (name, value) in exchange.Query)
        {
            if (!declared.TryGetValue(name, out var parameter))
            {
                yield return $"query parameter {name} is not declared";
                continue;
            }

            foreach (var problem in ParameterValue.Check(_description, parameter, value))
            {
                yield return $"query parameter {problem}";
            }
        }
    }

    private IEnumerable<string> CheckHeaders(ApiExchange exchange) =>
        _parameters
            .Where(parameter => Text(parameter, "in") == "header" && IsRequired(parameter))
            .Select(parameter => Text(parameter, "name"))
            .Where(name => !HeadersDescribedElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase) && !exchange.RequestHeaders.Contains(name))
            .Select(name => $"header {name} is required and missing");

    private IEnumerable<string> CheckRequestBody(ApiExchange exchange)
    {
        if (_description.IsSwagger2)
        {
            if (_parameters.Any(parameter => Text(parameter, "in") == "formData"))
            {
                return []; // No system we speak to takes one; the parts would have to be told apart first.
            }

            var body = _parameters.FirstOrDefault(parameter => Text(parameter, "in") == "body");
            return body.ValueKind == JsonValueKind.Undefined
                ? Undescribed(exchange)
                : CheckRequestBody(exchange, IsRequired(body), new ApiBody.Described(Property(body, "schema")));
        }

        var described = Property(_operation, "requestBody") is { } request ? _description.Resolve(request) : (JsonElement?)null;
        return described is null ? Undescribed(exchange) : CheckRequestBody(exchange, IsRequired(described.Value), ApiBody.Of(_description, described.Value, exchange.RequestType));
    }

    private IEnumerable<string> CheckRequestBody(ApiExchange exchange, bool isRequired, ApiBody body)
    {
        if (exchange.RequestBody.IsEmpty)
        {
            return isRequired ? ["the request body is required and missing"] : [];
        }

        return Check(body, "request body", exchange.RequestType, exchange.RequestBody, isRequest: true);
    }

    private static IEnumerable<string> Undescribed(ApiExchange exchange) =>
        exchange.RequestBody.IsEmpty ? [] : ["the description knows no request body here, and one was sent"];

    private IEnumerable<string> Check(ApiBody body, string place, string? type, ReadOnlyMemory<byte> content, bool isRequest)
    {
        switch (body)
        {
            case ApiBody.WrongType(var declared):
                return content.IsEmpty && !isRequest && type is null
                    ? [$"{place} has no body; declared is {declared}"]
                    : [$"{place} is {type ?? "of no type"}; declared is {declared}"];
            case ApiBody.Described(null):
                // Only OpenAPI 3 can tell "no body" from "a body nobody described".
                return [];
            case ApiBody.None when !content.IsEmpty:
                return [$"{place} has a body, and the description declares none"];
            case ApiBody.Described({ } schema) when MediaTypes.IsJson(type) || type is null:
                return CheckJson(schema, place, content, isRequest);
            default:
                return [];
        }
    }

    private IEnumerable<string> CheckJson(JsonElement schema, string place, ReadOnlyMemory<byte> content, bool isRequest)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content);
        }
        catch (JsonException e)
        {
            return [$"{place} is not JSON: {e.Message}"];
        }

        using (document)
        {
            return [.. new SchemaCheck(_description, isRequest).Run(schema, document.RootElement).Select(problem => $"{place}: {problem}")];
        }
    }

    /// <summary>Swagger 2 names media types for the operation or the whole document, not for each body.</summary>
    private ApiBody OfSwagger(JsonElement response, string? type)
    {
        var schema = Property(response, "schema");
        var produces = Property(_operation, "produces") ?? Property(_description.Root, "produces");
        string[] declared = produces is { } list ? [.. list.EnumerateArray().Select(name => name.GetString() ?? "")] : ["application/json"];
        return schema is null || declared.Any(name => MediaTypes.Fits(name, type)) ? new ApiBody.Described(schema) : new ApiBody.WrongType(string.Join(" or ", declared));
    }

    private JsonElement? Declared(JsonElement responses, int status)
    {
        string[] names = [$"{status}", $"{status / 100}XX", $"{status / 100}xx", "default"];
        var found = names.Select(name => Property(responses, name)).FirstOrDefault(response => response is not null);
        return found is { } response ? _description.Resolve(response) : null;
    }

    private IEnumerable<JsonElement> Listed(JsonElement owner) =>
        owner.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(_description.Resolve) : [];

    private static bool IsRequired(JsonElement element) => element.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True;

    private static JsonElement? Property(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
