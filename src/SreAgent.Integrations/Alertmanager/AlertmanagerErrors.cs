using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>Alertmanager's refusals in their three shapes: a bare JSON string, <c>{code, message}</c>, an empty body.</summary>
internal static class AlertmanagerErrors
{
    /// <returns>Null when the answer is not Alertmanager's own.</returns>
    public static ToolException? Explain(HttpRefusal refusal)
    {
        if (refusal.Status is HttpStatusCode.Gone)
        {
            return new ToolException($"{refusal.System} has retired {refusal.Asked} (410). Check {refusal.SettingsPath}:BaseUrl: it must not contain an API path.");
        }

        if (refusal.IsSuccess || Reason(refusal.Body) is not { } reason)
        {
            return null;
        }

        var retryable = refusal.Status >= HttpStatusCode.InternalServerError;
        return refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? new ToolException($"{refusal.System} does not accept that: {reason}. Correct it and ask again.")
            : new ToolException($"{refusal.System} refused {refusal.Asked} ({(int)refusal.Status}): {reason}.") { Retryable = retryable };
    }

    private static string? Reason(string body)
    {
        try
        {
            var json = JsonSerializer.Deserialize(body, AlertmanagerJson.Default.JsonElement);
            var reason = json.ValueKind switch
            {
                JsonValueKind.String => json.GetString(),
                JsonValueKind.Object when json.TryGetProperty("message", out var message) => message.GetString(),
                _ => null,
            };
            return string.IsNullOrWhiteSpace(reason) ? null : reason.Trim().TrimEnd('.');
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
