using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly.Api;

internal sealed class FlyWebClient(ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IFlyWebApi
{
    public const string ClientName = "Fly web";

    private const string ReleasesQuery =
        "query($app: String!, $limit: Int!) { app(name: $app) { releasesUnprocessed(first: $limit) { nodes { id version status imageRef stable createdAt user { email } } } } }";

    private const string DefinitionQuery = "query($app: String!) { app(name: $app) { currentReleaseUnprocessed { configDefinition } } }";

    private readonly FlyExchange _fly = new(ClientName, options, clients, clock);

    public async Task<IReadOnlyList<FlyRelease>> ReleasesAsync(string app, int limit, CancellationToken cancellationToken)
    {
        var reply = await _fly.TryGetAsync(
            $"api/v1/apps/{FlyExchange.Segment(app, "application")}/releases?limit={limit.ToString(CultureInfo.InvariantCulture)}",
            (body, token) => Answer.JsonAsync(body, FlyJson.Default.FlyReleases, token),
            cancellationToken);
        var releases = reply.Value is { } found ? found.Releases ?? [] : await ReleasesByGraphQlAsync(app, limit, reply.Refusal!, cancellationToken);
        return [.. releases.OrderByDescending(release => release.Version)];
    }

    public async Task<JsonElement?> DefinitionAsync(string app, CancellationToken cancellationToken)
    {
        var definition = (await QueryAsync(DefinitionQuery, app, [], cancellationToken)).CurrentReleaseUnprocessed?.ConfigDefinition;
        return definition?.ValueKind == JsonValueKind.Object ? definition : null;
    }

    public Task<FlyLogs> LogsAsync(string app, string? nextToken, string? instance, string? region, CancellationToken cancellationToken)
    {
        var parts = new[] { ("next_token", nextToken), ("instance", instance), ("region", region) }
            .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
        return _fly.GetAsync($"api/v1/apps/{FlyExchange.Segment(app, "application")}/logs?{string.Join('&', parts)}", FlyJson.Default.FlyLogs, cancellationToken);
    }

    private async Task<IEnumerable<FlyRelease>> ReleasesByGraphQlAsync(string app, int limit, FlyRefusal before, CancellationToken cancellationToken)
    {
        try
        {
            var found = await QueryAsync(
                ReleasesQuery, app, new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["limit"] = JsonSerializer.SerializeToElement(limit, GraphQlJson.Default.Int32) }, cancellationToken);
            return (found.ReleasesUnprocessed?.Nodes ?? []).Select(node => new FlyRelease(
                Id: null, node.Version, node.Status, string.Equals(node.Status, "running", StringComparison.OrdinalIgnoreCase), node.ImageRef, node.CreatedAt,
                node.User?.Email is { } email ? JsonSerializer.SerializeToElement(email, GraphQlJson.Default.String) : null, node.Stable));
        }
        catch (ToolException e)
        {
            throw new ToolException($"{before.Sentence} Asked by GraphQL instead: {e.Message}", e) { Retryable = e.Retryable };
        }
    }

    private async Task<GraphQlApp> QueryAsync(string query, string app, Dictionary<string, JsonElement> variables, CancellationToken cancellationToken)
    {
        variables["app"] = JsonSerializer.SerializeToElement(app, GraphQlJson.Default.String);
        var reply = await _fly.AskAsync(
            "graphql", FlyExchange.Json(new GraphQlRequest(query, variables), GraphQlJson.Default.GraphQlRequest), GraphQlJson.Default.GraphQlReply, cancellationToken);
        var said = string.Join("; ", (reply.Errors ?? []).Select(error => error.Message));
        return reply.Data?.App ?? throw new ToolException($"Fly's GraphQL API has no application '{app}' for us: {(said.Length > 0 ? said : "it gave no reason")}.");
    }
}
