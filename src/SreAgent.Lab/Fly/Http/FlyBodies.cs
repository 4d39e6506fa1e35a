using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>JSON in and out, in the vendor's manner.</summary>
internal static class FlyBodies
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, JsonNode body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(Plain), context.RequestAborted);
    }

    public static Task OkAsync(HttpContext context) => WriteAsync(context, new JsonObject { ["ok"] = true });

    public static Task RefuseAsync(HttpContext context, FlyRefusalException refusal)
    {
        var body = new JsonObject { ["error"] = refusal.Message };
        if (refusal.Code is { } code)
        {
            body["status"] = code;
        }

        return WriteAsync(context, body, refusal.Status);
    }

    /// <summary>The request's body, which must be an object; an absent one is an empty object.</summary>
    public static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        using var text = new StreamReader(context.Request.Body);
        var body = await text.ReadToEndAsync(context.RequestAborted);
        if (body.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new FlyRefusalException(400, "json: cannot unmarshal the body into an object");
        }
        catch (JsonException)
        {
            throw new FlyRefusalException(400, "invalid character in the request's body: it is not JSON");
        }
    }

    /// <summary>A member that must be text when it is there.</summary>
    public static string? Text(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw new FlyRefusalException(400, $"json: cannot unmarshal the field {name} into a string"),
    };

    /// <summary>A member that must be a whole number when it is there.</summary>
    public static int? Number(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) => number,
        _ => throw new FlyRefusalException(400, $"json: cannot unmarshal the field {name} into an integer"),
    };

    /// <summary>A whole number in the query. Absent when it is not there.</summary>
    public static int? Number(HttpContext context, string name)
    {
        var text = context.Request.Query[name].ToString();
        return text.Length == 0 ? null
            : int.TryParse(text, out var number) ? number
            : throw FlyRefusalException.Invalid($"{name} must be a whole number");
    }

    public static bool Flag(HttpContext context, string name) => context.Request.Query[name].ToString() is "true" or "1";

    /// <summary>A part of the path.</summary>
    public static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
