using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Fly.State;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Fly.Http;

/// <summary>What every request goes through: it gets an id, must show the token, and is answered in the vendor's words when it is refused.</summary>
internal sealed class FlyGate(FlyWorld world, LabJournal journal)
{
    private readonly RequestRate _rate = new(world.Clock);

    /// <summary>Sees every request before its route is known.</summary>
    public async Task PassAsync(HttpContext context, Func<Task> next)
    {
        context.Response.Headers["fly-request-id"] = $"{FlyIds.Ulid(world.Clock.GetUtcNow())}-{FlyRegions.Nearest}";
        var isRegistry = context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal);
        if (!ShowsToken(context.Request))
        {
            await (isRegistry ? DemandLoginAsync(context) : FlyBodies.RefuseAsync(context, new FlyRefusalException(401, "unauthorized: Authentication required")));
            return;
        }

        await next();
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
        }
    }

    /// <summary>A route of the Machines API.</summary>
    /// <param name="action">What its rate is counted by.</param>
    public RequestDelegate Machines(string action, Func<HttpContext, FlyCaller, Task> answer) => Answering(answer, context =>
    {
        var whose = FlyBodies.Route(context, "machine") is { Length: > 0 } machine ? machine : FlyBodies.Route(context, "app");
        if (world.Seed.LimitsRequests && whose.Length > 0 && !_rate.Allows(action, whose))
        {
            throw new FlyRefusalException(429, "rate limit exceeded");
        }
    });

    /// <summary>A route of the web API, whose rate is not limited.</summary>
    public RequestDelegate Web(Func<HttpContext, FlyCaller, Task> answer) => Answering(answer, static _ => { });

    private RequestDelegate Answering(Func<HttpContext, FlyCaller, Task> answer, Action<HttpContext> before) => async context =>
    {
        try
        {
            before(context);
            await answer(context, FlyCaller.Over(context.Request, world.Seed.User, journal));
        }
        catch (FlyRefusalException refusal)
        {
            await FlyBodies.RefuseAsync(context, refusal);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
    };

    private bool ShowsToken(HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        return parts is [var scheme, var value] && scheme.ToUpperInvariant() switch
        {
            "FLYV1" or "BEARER" => value.Split(',', StringSplitOptions.TrimEntries).Contains(world.Seed.Token, StringComparer.Ordinal),
            "BASIC" => PasswordOf(value) is { } password && string.Equals(password, world.Seed.Token, StringComparison.Ordinal),
            _ => false,
        };
    }

    private static string? PasswordOf(string basic)
    {
        var bytes = new byte[basic.Length];
        return Convert.TryFromBase64String(basic, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    private static Task DemandLoginAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Fly.io Registry\"";
        return FlyBodies.WriteAsync(
            context,
            new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = "UNAUTHORIZED", ["message"] = "authentication required" }) },
            StatusCodes.Status401Unauthorized);
    }
}
