using System.Text.Json;

namespace SreAgent.Testing.Specs;

/// <summary>
/// A vendor's published description of its HTTP interface: OpenAPI 3.0 or 3.1, or Swagger 2, as JSON. Read as it is; nothing in it is
/// corrected. Where the vendor itself departs from it, a <see cref="KnownDeviation"/> says so and why.
/// </summary>
public sealed class ApiDescription
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private readonly JsonElement _root;
    private readonly string _basePath;
    private readonly IReadOnlyList<(PathTemplate Template, JsonElement Item)> _paths;

    private ApiDescription(JsonElement root, string? basePath)
    {
        _root = root;
        _basePath = (basePath ?? DeclaredBasePath(root)).TrimEnd('/');
        _paths = [.. root.GetProperty("paths").EnumerateObject().Select(path => (new PathTemplate(path.Name), path.Value))];
    }

    /// <summary>Swagger 2 keeps body and schema elsewhere than OpenAPI 3 does.</summary>
    internal bool IsSwagger2 => _root.TryGetProperty("swagger", out _);

    internal JsonElement Root => _root;

    /// <param name="json">The whole document.</param>
    /// <param name="basePath">What stands before its paths on the server under test, such as <c>/v1</c>. Absent: what the document says.</param>
    public static ApiDescription Parse(ReadOnlyMemory<byte> json, string? basePath = null)
    {
        using var document = JsonDocument.Parse(json);
        return new ApiDescription(document.RootElement.Clone(), basePath);
    }

    /// <inheritdoc cref="Parse"/>
    public static ApiDescription Load(string file, string? basePath = null) => Parse(File.ReadAllBytes(file), basePath);

    /// <summary>The operation behind a method and a path. Of several templates that fit, the one with most literal segments.</summary>
    /// <param name="method">In any case.</param>
    /// <param name="path">As sent, still escaped, with the base path.</param>
    /// <param name="problem">Why there is none.</param>
    public ApiOperation? Find(string method, string path, out string problem)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        problem = $"{method.ToUpperInvariant()} {path}: the path is not in the description";
        if (!path.StartsWith(_basePath + "/", StringComparison.Ordinal))
        {
            return null;
        }

        var fitting = _paths
            .Where(candidate => candidate.Template.Matches(path[_basePath.Length..]))
            .OrderByDescending(candidate => candidate.Template.Literals)
            .ThenBy(candidate => candidate.Template.SpansSegments)
            .ToArray();
        if (fitting.Length == 0)
        {
            return null;
        }

        var (template, item) = fitting[0];
        if (!item.TryGetProperty(method.ToLowerInvariant(), out var operation))
        {
            var known = Methods.Where(other => item.TryGetProperty(other, out _)).Select(other => other.ToUpperInvariant());
            problem = $"{method.ToUpperInvariant()} {template}: the description knows only {string.Join(", ", known)} there";
            return null;
        }

        problem = "";
        return new ApiOperation(this, method.ToUpperInvariant(), template, item, operation);
    }

    /// <summary>What an exchange does that the description does not allow, a sentence each; empty when it keeps to it.</summary>
    public IReadOnlyList<string> Check(ApiExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return Find(exchange.Method, exchange.Path, out var problem) is { } operation
            ? [.. operation.CheckRequest(exchange), .. operation.CheckResponse(exchange)]
            : [problem];
    }

    /// <summary>The node itself, or what its <c>$ref</c> leads to.</summary>
    internal JsonElement Resolve(JsonElement node)
    {
        for (var steps = 0; steps < 32; steps++)
        {
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("$ref", out var reference))
            {
                return node;
            }

            node = At(reference.GetString() ?? "");
        }

        throw new InvalidDataException("A $ref of the description leads round in a circle.");
    }

    private JsonElement At(string pointer)
    {
        if (!pointer.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"$ref {pointer} leads outside the description.");
        }

        var node = _root;
        foreach (var part in pointer[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node.TryGetProperty(name, out var next) ? next : throw new InvalidDataException($"$ref {pointer} leads nowhere.");
        }

        return node;
    }

    private static string DeclaredBasePath(JsonElement root)
    {
        if (root.TryGetProperty("basePath", out var declared))
        {
            return declared.GetString() ?? "";
        }

        return root.TryGetProperty("servers", out var servers) && servers.GetArrayLength() > 0
            && Uri.TryCreate(servers[0].GetProperty("url").GetString(), UriKind.Absolute, out var server)
            ? server.AbsolutePath
            : "";
    }
}
