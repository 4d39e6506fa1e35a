using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Prometheus' own refusals, in sentences that say what to change.</summary>
internal static partial class PrometheusErrors
{
    /// <returns>Null when the answer is not Prometheus' own, but a proxy's or another server's.</returns>
    public static ToolException? Explain(HttpRefusal refusal)
    {
        if (refusal.Status == HttpStatusCode.NotFound)
        {
            return new ToolException(
                $"{refusal.System} does not know {refusal.Asked} (404). Either it is a version too old for it, or {refusal.SettingsPath}:BaseUrl lacks a path prefix (or has one too many).");
        }

        try
        {
            var envelope = JsonSerializer.Deserialize(refusal.Body, PrometheusJson.Default.EnvelopeJsonElement);
            return envelope?.ErrorType is { Length: > 0 } type
                ? new ToolException(Explain(refusal.System, type, envelope.Error ?? "no reason given")) { Retryable = IsRetryable(type) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="type">Prometheus' errorType.</param>
    public static string Explain(string system, string type, string error)
    {
        error = error.Trim().TrimEnd('.');
        return type switch
        {
            "bad_data" when ParseError().Match(error) is { Success: true } match =>
                $"{system} cannot parse the PromQL, line {match.Groups["line"].Value}, column {match.Groups["column"].Value}: {match.Groups["what"].Value}. Correct the expression there and ask again.",
            "bad_data" when error.Contains("11,000 points", StringComparison.Ordinal) =>
                $"{system} refuses the range: {error}. Ask for a longer step or a shorter window.",
            "bad_data" => $"{system} does not accept the question: {error}. Correct it and ask again.",
            "execution" => $"{system} understood the query but could not evaluate it: {error}.{ExecutionAdvice(error)}",
            "timeout" => $"{system} gave up on the query: {error}. Shorten the window, lengthen the step, or aggregate fewer series.",
            "canceled" => $"{system} cancelled the query: {error}. It may be shutting down or overloaded; ask again.",
            "unavailable" => $"{system} has this switched off or is not ready: {error}.",
            "not_found" => $"{system} found nothing there: {error}.",
            "internal" => $"{system} failed inside: {error}. Its own log says more.",
            "too_many_requests" => $"{system} is being asked too often: {error}. Wait a little.",
            _ => $"{system} refused ({type}): {error}.",
        };
    }

    public static bool IsRetryable(string type) => type is "timeout" or "canceled" or "unavailable" or "internal" or "too_many_requests";

    private static string ExecutionAdvice(string error) =>
        error.Contains("many-to-", StringComparison.Ordinal) || error.Contains("duplicate", StringComparison.Ordinal)
            ? " Say how the series pair up with on(...)/ignoring(...) and group_left/group_right, or aggregate one side first."
            : error.Contains("too many samples", StringComparison.Ordinal) ? " Narrow the selector or shorten the window."
            : "";

    // "invalid parameter "query": 1:8: parse error: unexpected ..."; several errors follow each other on lines of their own.
    [GeneratedRegex(@"(?<line>\d+):(?<column>\d+): parse error: (?<what>[^\n]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex ParseError();
}
