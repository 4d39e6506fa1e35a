using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Http;

namespace SreAgent.Lab.Grafana;

/// <summary>Where routes sign in; carries each request past the planned faults and the token to them.</summary>
internal sealed class GrafanaMap(IEndpointRouteBuilder routes, GrafanaWorld world, FaultPlan faults)
{
    /// <summary>A route that answers JSON.</summary>
    public GrafanaMap On(string method, string path, Func<GrafanaCall, Task<object>> route) =>
        OnRaw(method, path, async call => await AnswerAsync(call.Context, 200, await route(call)));

    public GrafanaMap On(string method, string path, Func<GrafanaCall, object> route) => On(method, path, call => Task.FromResult(route(call)));

    /// <summary>A route that writes its answer itself.</summary>
    public GrafanaMap OnRaw(string method, string path, Func<GrafanaCall, Task> route)
    {
        routes.MapMethods(path, [method], context => RunAsync(context, route));
        return this;
    }

    public void Otherwise() => routes.MapFallback("/{**rest}", context => RunAsync(context, _ => throw new GrafanaRefusal(404, "Not found")));

    public static async Task AnswerAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, JsonSerializerOptions.Default, context.RequestAborted);
    }

    private async Task RunAsync(HttpContext context, Func<GrafanaCall, Task> route)
    {
        var fault = faults.Take(context.Request.Method, context.Request.Path);
        if (fault is LabFault.Drops)
        {
            context.Abort();
            return;
        }

        var answer = context.Response.Body;
        if (fault is LabFault.LosesAnswer)
        {
            context.Response.Body = Stream.Null;
        }

        try
        {
            if (fault is LabFault.Refuses refuses)
            {
                context.Response.Headers.RetryAfter = refuses.RetryAfter?.ToString();
                throw new GrafanaRefusal(refuses.Status, refuses.Message);
            }

            await route(new GrafanaCall(world, context, Admit(context), await BodyAsync(context)));
        }
        catch (GrafanaRefusal refusal)
        {
            await AnswerAsync(context, refusal.Status, new { message = refusal.Message });
        }
        finally
        {
            context.Response.Body = answer;
        }

        if (fault is LabFault.LosesAnswer)
        {
            context.Abort();
        }
    }

    /// <summary>Health is for everybody; all else takes a token.</summary>
    private GrafanaTokenSeed? Admit(HttpContext context)
    {
        if (context.Request.Path == "/api/health")
        {
            return null;
        }

        return context.Request.Headers.Authorization.ToString().Split(' ', 2) switch
        {
            ["Bearer", var given] => world.Seed.Tokens.FirstOrDefault(known => known.Token == given) ?? throw new GrafanaRefusal(401, "Invalid API key"),
            _ => throw new GrafanaRefusal(401, "Unauthorized"),
        };
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return content.ToArray();
    }
}
