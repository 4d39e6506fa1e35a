using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Fly.Api;

internal sealed record GraphQlRequest(string Query, Dictionary<string, JsonElement> Variables);

internal sealed record GraphQlReply(GraphQlData? Data, List<GraphQlError>? Errors);

internal sealed record GraphQlError(string? Message);

internal sealed record GraphQlData(GraphQlApp? App);

internal sealed record GraphQlApp(GraphQlReleases? ReleasesUnprocessed, GraphQlDefinition? CurrentReleaseUnprocessed);

internal sealed record GraphQlReleases(List<GraphQlRelease>? Nodes);

internal sealed record GraphQlRelease(string? Id, int Version, string? Status, string? ImageRef, bool? Stable, DateTimeOffset CreatedAt, GraphQlUser? User);

internal sealed record GraphQlUser(string? Email);

/// <param name="ConfigDefinition">fly.toml as the release keeps it.</param>
internal sealed record GraphQlDefinition(JsonElement? ConfigDefinition);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GraphQlRequest))]
[JsonSerializable(typeof(GraphQlReply))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
internal sealed partial class GraphQlJson : JsonSerializerContext;
