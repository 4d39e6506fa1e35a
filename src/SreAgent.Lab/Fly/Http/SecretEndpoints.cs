using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>
/// Secrets by name and digest; a value goes in and never comes out, also when <c>show_secrets</c> asks for it. A machine sees a change when
/// it is next started.
/// </summary>
internal sealed class SecretEndpoints(FlyWorld world, FlyGate gate)
{
    private const string All = "/v1/apps/{app}/secrets";
    private const string One = All + "/{name}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, gate.Machines("list secrets", (context, _) =>
        {
            lock (world.Access)
            {
                return FlyBodies.WriteAsync(context, new JsonObject { ["secrets"] = Documents(App(context)) });
            }
        }));
        routes.MapGet(One, gate.Machines("get secret", (context, _) =>
        {
            lock (world.Access)
            {
                return FlyBodies.WriteAsync(context, Document(Existing(context)));
            }
        }));
        routes.MapPost(All, gate.Machines("set secrets", SetManyAsync));
        routes.MapPost(One, gate.Machines("set secret", SetOneAsync));
        routes.MapDelete(One, gate.Machines("delete secret", UnsetAsync));
    }

    private async Task SetManyAsync(HttpContext context, FlyCaller caller)
    {
        var values = (await FlyBodies.ReadAsync(context))["values"] as JsonObject ?? throw FlyRefusalException.Invalid("values is required");
        var wanted = values.ToDictionary(pair => pair.Key, pair => FlyBodies.Text(values, pair.Key), StringComparer.Ordinal);
        JsonObject answer;
        lock (world.Access)
        {
            var app = App(context);
            foreach (var (name, value) in wanted)
            {
                Set(app, name, value);
            }

            answer = new JsonObject { ["secrets"] = Documents(app) };
            AddVersion(answer, Changed(context, app, caller, $"set {wanted.Values.Count(value => value is not null)} and unset {wanted.Values.Count(value => value is null)} secrets"));
        }

        await FlyBodies.WriteAsync(context, answer);
    }

    private async Task SetOneAsync(HttpContext context, FlyCaller caller)
    {
        var value = FlyBodies.Text(await FlyBodies.ReadAsync(context), "value") ?? throw FlyRefusalException.Invalid("value is required");
        JsonObject answer;
        lock (world.Access)
        {
            var app = App(context);
            var name = FlyBodies.Route(context, "name");
            Set(app, name, value);
            answer = Document(app.Secrets[name]);
            AddVersion(answer, Changed(context, app, caller, $"set the secret {name}"));
        }

        await FlyBodies.WriteAsync(context, answer, StatusCodes.Status201Created);
    }

    private Task UnsetAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            var app = App(context);
            app.Secrets.Remove(Existing(context).Name);
            var answer = new JsonObject();
            AddVersion(answer, Changed(context, app, caller, $"unset the secret {FlyBodies.Route(context, "name")}"));
            return FlyBodies.WriteAsync(context, answer);
        }
    }

    private void Set(FlyApplication app, string name, string? value)
    {
        var now = world.Clock.GetUtcNow();
        if (value is null)
        {
            app.Secrets.Remove(name);
            return;
        }

        app.Secrets[name] = new FlySecret(name, value, app.Secrets.GetValueOrDefault(name)?.CreatedAt ?? now, now);
    }

    private int Changed(HttpContext context, FlyApplication app, FlyCaller caller, string what)
    {
        app.SecretsVersion++;
        world.Signal();
        caller.Changed(context.Request.Path, $"{what} of {app.Name}");
        return app.SecretsVersion;
    }

    // Both spellings are in the description, the capital one as deprecated.
    private static void AddVersion(JsonObject answer, int version) => (answer["version"], answer["Version"]) = (version, version);

    private static JsonArray Documents(FlyApplication app) => [.. app.Secrets.Values.Select(Document)];

    private static JsonObject Document(FlySecret secret) => new()
    {
        ["name"] = secret.Name,
        ["digest"] = secret.Digest,
        ["created_at"] = FlyBodies.Time(secret.CreatedAt),
        ["updated_at"] = FlyBodies.Time(secret.UpdatedAt),
    };

    private FlySecret Existing(HttpContext context) =>
        App(context).Secrets.GetValueOrDefault(FlyBodies.Route(context, "name")) ?? throw FlyRefusalException.NotFound("secret not found");

    private FlyApplication App(HttpContext context) => world.App(FlyBodies.Route(context, "app"));
}
