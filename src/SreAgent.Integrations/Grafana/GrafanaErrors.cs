using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Grafana;

/// <summary>Grafana's refusals, and those of a Prometheus behind its proxy, in sentences that say what to do.</summary>
internal static class GrafanaErrors
{
    /// <returns>Null when the answer is neither's own, but a proxy's or another server's.</returns>
    public static ToolException? Explain(HttpRefusal refusal)
    {
        var said = Read(refusal.Body);
        if (IsRender(refusal) && (refusal.Status == HttpStatusCode.NotFound || Mentions(said?.Message, "render")))
        {
            return new ToolException(
                $"{refusal.System} cannot draw panels ({(int)refusal.Status}{(Text(said?.Message) is { } why ? $": {why}" : "")}): its image renderer is missing or failed. "
                + "Whoever runs Grafana installs grafana-image-renderer; until then use grafana_query_panel, or the link.");
        }

        return said is null || refusal.IsSuccess ? null
            : Text(said.ErrorType) is { } type ? OfDataSource(refusal, type, Text(said.Error) ?? "no reason given")
            : Text(said.Message) is { } message ? Own(refusal, message, Text(said.Status), Reference(said))
            : null;
    }

    /// <summary>Prometheus' own envelope, which the proxy hands on as it is.</summary>
    private static ToolException OfDataSource(HttpRefusal refusal, string type, string error) =>
        new($"The data source behind {refusal.System} does not answer that ({type}): {error.Trim().TrimEnd('.')}.") { Retryable = type is "timeout" or "canceled" or "unavailable" or "internal" };

    private static ToolException Own(HttpRefusal refusal, string message, string? status, string reference)
    {
        message = message.Trim().TrimEnd('.');
        var (verb, advice) = refusal.Status switch
        {
            HttpStatusCode.Unauthorized => ("does not accept our token", $"Check {refusal.SettingsPath}:Token or TokenFile, and that the service account is enabled."),
            HttpStatusCode.Forbidden => ($"forbids {refusal.Asked}", $"Whoever runs it grants the service account what is missing; check {refusal.SettingsPath}:OrganizationId too."),
            HttpStatusCode.NotFound => Missing(refusal.Asked),
            HttpStatusCode.PreconditionFailed when status == "name-exists" => ("has another of that name there", "Choose another name."),
            HttpStatusCode.PreconditionFailed => ("was changed by somebody else since it was read", "Read it again, look at what changed, and decide anew."),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ("does not accept that", "Correct it and ask again."),
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => ($"could not carry out {refusal.Asked}", "What is behind it may be down; ask again later."),
            _ => ($"refused {refusal.Asked}", refusal.Retryable ? "Ask again later; its own log says more." : "Its own log says more."),
        };
        return new ToolException($"{refusal.System} {verb} ({(int)refusal.Status}: {message}{reference}). {advice}") { Retryable = refusal.Retryable };
    }

    /// <param name="asked">Method and path: <c>GET /api/dashboards/uid/abc</c>.</param>
    private static (string Verb, string Advice) Missing(string asked) => asked.Split('/') switch
    {
        [_, "api", "dashboards", "uid", var uid, ..] => ($"shows us no dashboard with uid {uid}", "Find its uid with grafana_search_dashboards; it may also be one the token may not see."),
        [_, "api", "datasources", "proxy", "uid", var uid, ..] => ($"finds nothing for the data source with uid {uid}", "It may have been deleted, or lack this question; grafana_get_dashboard shows which one the panel names."),
        [_, "api", "annotations", var id, ..] => ($"has no annotation {id}", "It may have been deleted; look with grafana_list_annotations."),
        [_, "api", "annotations"] => ("finds no such dashboard or panel to annotate", "Find its uid with grafana_search_dashboards."),
        _ => ($"has no {asked}", "It may be an older version, have this switched off, or BaseUrl may lack a path prefix."),
    };

    private static string Reference(GrafanaRefusal said)
    {
        string[] parts = [.. new[] { Text(said.MessageId), Text(said.TraceId) is { } trace ? $"trace {trace}" : null }.OfType<string>()];
        return parts.Length == 0 ? "" : $"; {string.Join(", ", parts)}";
    }

    private static bool IsRender(HttpRefusal refusal) => refusal.Asked.Contains(" /render/", StringComparison.Ordinal);

    private static bool Mentions(JsonElement? text, string word) => text is { } given && Text(given)?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Text(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text && text.GetString() is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private static GrafanaRefusal? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, GrafanaJson.Default.GrafanaRefusal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
