using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>The image registry, to be read from (opencontainers/distribution-spec): nothing can be pushed.</summary>
internal sealed class RegistryEndpoints(FlyWorld world)
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private static readonly string[] Reading = ["GET", "HEAD"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v2/", Reading, static context => AnswerAsync(context, "application/json", digest: null, "{}"u8.ToArray()));
        routes.MapMethods("/v2/{repository}/manifests/{reference}", Reading, context =>
            Image(context, "reference") is { } image
                ? AnswerAsync(context, ManifestType, image.Digest, image.Manifest)
                : RefuseAsync(context, "MANIFEST_UNKNOWN", "manifest unknown"));
        routes.MapMethods("/v2/{repository}/blobs/{digest}", Reading, context =>
            world.Registry.In(FlyBodies.Route(context, "repository")).FirstOrDefault(image => IsConfiguration(image, context)) is { } image
                ? AnswerAsync(context, "application/octet-stream", image.ConfigurationDigest, image.Configuration)
                : RefuseAsync(context, "BLOB_UNKNOWN", "blob unknown to registry"));
        routes.MapGet("/v2/{repository}/tags/list", context =>
        {
            var repository = FlyBodies.Route(context, "repository");
            JsonArray tags = [.. world.Registry.In(repository).Select(image => image.Tag).Order(StringComparer.Ordinal).Select(tag => (JsonNode)tag)];
            return tags.Count == 0
                ? RefuseAsync(context, "NAME_UNKNOWN", "app repository not found")
                : FlyBodies.WriteAsync(context, new JsonObject { ["name"] = repository, ["tags"] = tags });
        });
    }

    private LabImage? Image(HttpContext context, string part) => world.Registry.Find(FlyBodies.Route(context, "repository"), FlyBodies.Route(context, part));

    private static bool IsConfiguration(LabImage image, HttpContext context) =>
        string.Equals(image.ConfigurationDigest, FlyBodies.Route(context, "digest"), StringComparison.Ordinal);

    private static async Task AnswerAsync(HttpContext context, string type, string? digest, byte[] content)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (digest is not null)
        {
            context.Response.Headers["Docker-Content-Digest"] = digest;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext context, string code, string message) => FlyBodies.WriteAsync(
        context,
        new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }) },
        StatusCodes.Status404NotFound);
}
