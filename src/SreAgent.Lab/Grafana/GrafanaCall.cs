using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SreAgent.Lab.Grafana;

/// <summary>One request, as the routes see it.</summary>
/// <param name="Token">Absent where none is asked for.</param>
internal sealed record GrafanaCall(GrafanaWorld World, HttpContext Context, GrafanaTokenSeed? Token, byte[] Content)
{
    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>A part of the path.</summary>
    public string Value(string name) => Context.GetRouteValue(name) as string ?? "";

    public string? Query(string name) => Context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public IReadOnlyList<string> QueryAll(string name) => [.. Context.Request.Query[name].OfType<string>()];

    public long? QueryNumber(string name) => long.TryParse(Query(name), out var number) ? number : null;

    /// <summary>Whoever is about to change something.</summary>
    /// <exception cref="GrafanaRefusal">It may only look.</exception>
    public string Writer(string permission) =>
        Token is { MayWrite: true } token
            ? token.Login
            : throw new GrafanaRefusal(403, $"You'll need additional permissions to perform this action. Permissions needed: {permission}");

    /// <exception cref="GrafanaRefusal">It is no JSON object.</exception>
    public JsonElement Json()
    {
        try
        {
            var body = JsonElement.Parse(Content);
            return body.ValueKind == JsonValueKind.Object ? body : throw new GrafanaRefusal(400, "bad request data");
        }
        catch (JsonException)
        {
            throw new GrafanaRefusal(400, "bad request data");
        }
    }

    public void Changed(string summary) => World.Changed(Context, summary);
}
