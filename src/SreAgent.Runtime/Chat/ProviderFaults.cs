using System.ClientModel;
using System.Net;
using System.Text.Json;
using Anthropic.Exceptions;
using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Chat;

/// <summary>Puts a provider's faults into sentences: which model, what came back, what to do.</summary>
internal sealed class ProviderFaults(ModelChoice choice, Redactor redactor, RetryAfterMemo retryAfter)
{
    private const int LongestQuote = 300;

    private string Where => choice.BaseUrl is { } address ? $"{choice.Model} at {address.Host}{(address.IsDefaultPort ? "" : $":{address.Port}")}" : choice.Model;

    public ModelException BrokenOff() => Make(ModelFailure.Unreachable, $"The answer of {Where} broke off before its end.");

    public ModelException Silent(TimeSpan patience) =>
        Make(ModelFailure.TimedOut, $"{Where} sent nothing for {patience.TotalSeconds:0} s (Models:TimeoutSeconds).");

    public ModelException Translate(Exception exception) => exception switch
    {
        ModelException known => known,
        ClientResultException { Status: > 0 } refused => Refused(refused.Status, Body(refused), refused),
        AnthropicApiException refused => Refused((int)refused.StatusCode, refused.ResponseBody, refused),
        AnthropicSseException failed => InStream(failed.EventDataOrMessage(), failed),
        _ when exception is JsonException or AnthropicInvalidDataException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException =>
            Make(ModelFailure.Malformed, $"What {Where} sent is not an answer this host can read ({exception.GetType().Name}). Is Models:BaseUrl the right kind of server?", exception),
        _ when Chain(exception).Any(cause => cause is HttpRequestException or IOException or AnthropicIOException or System.Net.Sockets.SocketException or ClientResultException) =>
            Make(ModelFailure.Unreachable, $"{Where} could not be reached or hung up ({Innermost(exception)}). Check Models:BaseUrl, the network and the proxy.", exception),
        OperationCanceledException => Make(ModelFailure.TimedOut, $"The request to {Where} was given up by its connection.", exception),
        _ => Make(ModelFailure.Other, $"The client of {Where} broke with {exception.GetType().Name}.", exception),
    };

    private ModelException Refused(int status, string? body, Exception exception)
    {
        var said = Said(body);
        var quote = said.Length > 0 ? $" It says: {said}" : "";
        return status switch
        {
            (int)HttpStatusCode.Unauthorized => Make(ModelFailure.NotAllowed, $"{Where} refused the key (401). Check {KeySetting} and that it belongs to {choice.Provider}.{quote}", exception),
            (int)HttpStatusCode.Forbidden => Make(ModelFailure.NotAllowed, $"{Where} does not allow this key to use the model (403).{quote}", exception),
            (int)HttpStatusCode.PaymentRequired => Make(ModelFailure.NotAllowed, $"{Where} wants credit first (402).{quote}", exception),
            (int)HttpStatusCode.NotFound => Make(ModelFailure.NotFound, $"There is no model {Where} (404). Check Models:Model and Models:BaseUrl.{quote}", exception),
            (int)HttpStatusCode.TooManyRequests when said.Contains("quota", StringComparison.OrdinalIgnoreCase) || said.Contains("credit", StringComparison.OrdinalIgnoreCase) =>
                Make(ModelFailure.NotAllowed, $"The quota or credit of {Where} is used up (429).{quote}", exception),
            (int)HttpStatusCode.TooManyRequests => Make(ModelFailure.RateLimited, $"{Where} limits the rate of requests (429).{quote}", exception, retryAfter.Last),
            (int)HttpStatusCode.RequestEntityTooLarge => Make(ModelFailure.ContextTooLong, $"The conversation is too large for {Where} (413).{quote}", exception),
            (int)HttpStatusCode.BadRequest when IsTooLong(body) => Make(ModelFailure.ContextTooLong, $"The conversation is longer than {Where} takes. Lower Agent:ContextTokens.{quote}", exception),
            (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.Conflict or >= 500 =>
                Make(ModelFailure.Unavailable, $"{Where} is overloaded or broken ({status}).{quote}", exception, retryAfter.Last),
            _ => Make(ModelFailure.Refused, $"{Where} rejects the request ({status}).{quote}", exception),
        };
    }

    /// <summary>A fault that came inside an answer that had begun well.</summary>
    private ModelException InStream(string data, Exception exception)
    {
        var said = Said(data);
        return Make(IsTooLong(data) ? ModelFailure.ContextTooLong : ModelFailure.Unavailable, $"{Where} failed in the middle of its answer: {said}", exception);
    }

    private string KeySetting => choice.Provider == ModelChoice.Anthropic ? "ANTHROPIC_API_KEY or Models:ApiKey" : "OPENAI_API_KEY or Models:ApiKey";

    private static bool IsTooLong(string? body) =>
        body is not null && (body.Contains("context_length", StringComparison.OrdinalIgnoreCase) || body.Contains("context length", StringComparison.OrdinalIgnoreCase)
            || body.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase) || body.Contains("context window", StringComparison.OrdinalIgnoreCase)
            || body.Contains("maximum context", StringComparison.OrdinalIgnoreCase));

    /// <summary>The provider's own sentence out of its error document, or the beginning of whatever it sent.</summary>
    private string Said(string? body)
    {
        var text = body?.Trim() ?? "";
        try
        {
            var document = JsonElement.Parse(text);
            text = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("error", out var error)
                ? error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) ? message.ToString() : error.ToString()
                : text;
        }
        catch (JsonException)
        {
            // Not a document: a proxy's page, say. Its beginning tells more than nothing.
        }

        text = redactor.Redact(text.ReplaceLineEndings(" ").Trim());
        return text.Length == 0 ? ""
            : text.Length > LongestQuote ? text[..LongestQuote] + "…"
            : text[^1] is '.' or '!' or '?' ? text
            : text + ".";
    }

    private static string? Body(ClientResultException refused)
    {
        try
        {
            return refused.GetRawResponse()?.Content.ToString();
        }
        catch (InvalidOperationException)
        {
            // The body of a streamed response may never have been read.
            return null;
        }
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private string Innermost(Exception exception) => redactor.Redact(Chain(exception).Last().Message);

    private static ModelException Make(ModelFailure failure, string message, Exception? cause = null, TimeSpan? after = null) =>
        cause is null ? new ModelException(message) { Failure = failure } : new ModelException(message, cause) { Failure = failure, RetryAfter = after };
}

internal static class SseFaults
{
    /// <summary>What the provider sent in its error event; the exception's own words when that is missing.</summary>
    public static string EventDataOrMessage(this AnthropicSseException exception) =>
        exception.Body is { ValueKind: JsonValueKind.Object } body ? body.GetRawText() : exception.Message;
}
