using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>The web API beside GraphQL: release records and logs. The vendor describes neither; the shapes are its own client's.</summary>
internal sealed class WebEndpoints(FlyWorld world, FlyGate gate, FlyReleases releases)
{
    private const int LinesAPage = 100;

    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(24);
    private static readonly TimeSpan Keeps = TimeSpan.FromDays(7);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/apps/{app}/releases", gate.Web((context, _) =>
        {
            var newest = releases.Newest(FlyBodies.Route(context, "app"), FlyBodies.Number(context, "limit") ?? 25);
            return FlyBodies.WriteAsync(context, new JsonObject { ["releases"] = new JsonArray([.. newest.Select(Document)]) });
        }));
        routes.MapGet("/api/v1/apps/{app}/releases/current", gate.Web((context, _) =>
        {
            var current = releases.Newest(FlyBodies.Route(context, "app"), int.MaxValue).FirstOrDefault(release => release.IsStable);
            return FlyBodies.WriteAsync(context, Document(current ?? throw new FlyRefusalException(404, "release not found")));
        }));
        routes.MapPost("/api/v1/releases", gate.Web(CreateAsync));
        routes.MapPatch("/api/v1/releases/{release}", gate.Web(async (context, caller) =>
        {
            var status = FlyBodies.Text(await FlyBodies.ReadAsync(context), "status") ?? throw new FlyRefusalException(422, "status is required");
            await FlyBodies.WriteAsync(context, Document(releases.Change(FlyBodies.Route(context, "release"), status, caller)));
        }));
        routes.MapGet("/api/v1/apps/{app}/logs", gate.Web(LogsAsync));
    }

    private async Task CreateAsync(HttpContext context, FlyCaller caller)
    {
        var body = await FlyBodies.ReadAsync(context);
        var app = FlyBodies.Text(body, "app_name") ?? throw new FlyRefusalException(422, "app_name is required");
        var image = FlyBodies.Text(body, "image") ?? throw new FlyRefusalException(422, "image is required");
        var strategy = FlyBodies.Text(body, "strategy") ?? "ROLLING";
        var release = releases.Create(app, image, strategy, caller, body["definition"] is JsonObject { Count: > 0 } definition ? (JsonObject)definition.DeepClone() : null);
        await FlyBodies.WriteAsync(context, new JsonObject { ["release"] = Document(release) }, StatusCodes.Status201Created);
    }

    private static JsonObject Document(FlyRelease release) => new()
    {
        ["id"] = release.Id,
        ["version"] = release.Version,
        ["status"] = release.Status,
        ["stable"] = release.IsStable,
        ["in_progress"] = release.IsInProgress,
        ["strategy"] = release.Strategy,
        ["user"] = release.User,
        ["image_ref"] = release.Image,
        ["created_at"] = FlyBodies.Time(release.CreatedAt),
    };

    private Task LogsAsync(HttpContext context, FlyCaller caller)
    {
        var app = FlyBodies.Route(context, "app");
        lock (world.Access)
        {
            world.App(app);
        }

        var query = context.Request.Query;
        var token = query["next_token"].ToString();
        var now = world.Clock.GetUtcNow();
        LabLogLine[] kept = [.. world.Fleet.Logs(app).Where(line => line.At > now - Keeps && Asked(query["instance"], line.MachineId) && Asked(query["region"], line.Region))];
        var page = Page(kept, token, now);
        var last = page.Length > 0 ? Nanoseconds(page[^1].At).ToString() : token.Length > 0 ? token : Nanoseconds(now).ToString();
        return FlyBodies.WriteAsync(context, new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(Document)]),
            ["meta"] = new JsonObject { ["next_token"] = last },
        });
    }

    /// <summary>Without a token the newest lines of a day; with one the lines after its moment, whole moments only, so that none is lost between pages.</summary>
    private static LabLogLine[] Page(LabLogLine[] kept, string token, DateTimeOffset now)
    {
        if (token.Length == 0)
        {
            return [.. kept.Where(line => line.At > now - LooksBack).TakeLast(LinesAPage)];
        }

        if (!long.TryParse(token, out var after))
        {
            throw new FlyRefusalException(400, "next_token is not one of ours");
        }

        LabLogLine[] rest = [.. kept.Where(line => Nanoseconds(line.At) > after)];
        return rest.Length <= LinesAPage ? rest : [.. rest.TakeWhile((line, i) => i < LinesAPage || line.At == rest[LinesAPage - 1].At)];
    }

    private static bool Asked(string? wanted, string value) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, value, StringComparison.Ordinal);

    private static JsonObject Document(LabLogLine line) => new()
    {
        ["id"] = FlyIds.Hash($"{Nanoseconds(line.At)} {line.MachineId} {line.Text}")[..26],
        ["type"] = "log",
        ["attributes"] = new JsonObject
        {
            ["timestamp"] = line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'"),
            ["message"] = line.Text,
            ["level"] = line.Level,
            ["instance"] = line.MachineId,
            ["region"] = line.Region,
            ["meta"] = new JsonObject { ["instance"] = line.MachineId, ["region"] = line.Region, ["event"] = new JsonObject { ["provider"] = "app" } },
        },
    };

    private static long Nanoseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
