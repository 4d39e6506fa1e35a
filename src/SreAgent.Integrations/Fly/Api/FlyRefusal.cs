using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly.Api;

/// <summary>An answer, or Fly's refusal where the caller has something to do about it.</summary>
internal sealed record FlyReply<T>(T? Value, FlyRefusal? Refusal)
    where T : class
{
    /// <exception cref="ToolException">It was refused.</exception>
    public T OrThrow() => Value ?? throw Refusal!.ToException();
}

/// <summary>Fly's own words for a no.</summary>
/// <param name="Reason">Outside text, without its full stop.</param>
/// <param name="Sentence">What was asked, of whom, and the reason.</param>
internal sealed record FlyRefusal(HttpStatusCode Status, string Reason, string Sentence, TimeSpan? RetryAfter)
{
    /// <summary>The machine may have been changed all the same: nobody knows without looking.</summary>
    public bool LeavesDoubt => Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    public ToolException ToException() => new(Sentence);

    public static FlyRefusal From(HttpRefusal refusal)
    {
        var fault = FlyErrors.Explain(refusal) ?? new ToolException(refusal.Explain());
        return new FlyRefusal(refusal.Status, FlyErrors.Reason(refusal.Body) ?? $"{(int)refusal.Status}", fault.Message, refusal.RetryAfter);
    }
}

/// <summary>Fly's refusals: <c>{error, status}</c>, sometimes <c>{message}</c>, and a request id its support asks for.</summary>
internal static class FlyErrors
{
    private const int Longest = 300;

    private static readonly string[] Words = ["error", "message", "status"];

    /// <returns>Null when the answer is not Fly's own.</returns>
    public static ToolException? Explain(HttpRefusal refusal)
    {
        if (refusal.IsSuccess || Reason(refusal.Body) is not { } reason)
        {
            return null;
        }

        var request = refusal.RequestId is { } id ? $" (fly-request-id {id})" : "";
        var said = $"{refusal.System} refused {refusal.Asked} ({(int)refusal.Status}): {reason}{request}.";
        return refusal.Status switch
        {
            HttpStatusCode.Unauthorized => new ToolException($"{said} The token under {refusal.SettingsPath} is wrong, expired, or for another organisation or application."),
            HttpStatusCode.Forbidden => new ToolException($"{said} The token does not cover this; a deploy token covers one application only."),
            HttpStatusCode.NotFound => new ToolException($"{said} It does not exist, or the token may not see it."),
            HttpStatusCode.TooManyRequests => new ToolException($"{said} Wait {(refusal.RetryAfter is { } wait ? $"{wait.TotalSeconds:0} s" : "a little")} and ask again.") { Retryable = true },
            _ => new ToolException(said) { Retryable = refusal.Retryable },
        };
    }

    public static string? Reason(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var words = Words
                .Select(name => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                .Where(word => !string.IsNullOrWhiteSpace(word)).Distinct(StringComparer.Ordinal).ToArray();
            var reason = string.Join(", ", words).Trim().TrimEnd('.');
            return reason.Length == 0 ? null : reason.Length <= Longest ? reason : reason[..Longest] + "…";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
