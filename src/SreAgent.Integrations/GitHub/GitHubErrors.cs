using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>GitHub's refusals, <c>{message, errors, documentation_url}</c>, in sentences that say what to do.</summary>
internal static class GitHubErrors
{
    private const int ReasonLength = 300;

    private static readonly string[] DetailNames = ["resource", "field", "code", "message"];

    /// <returns>Null when the answer is not GitHub's own.</returns>
    public static ToolException? Explain(HttpRefusal refusal)
    {
        if (refusal.IsSuccess || refusal.IsHtml)
        {
            return null;
        }

        var reason = Reason(refusal.Body);
        var said = reason.Length == 0 ? "" : $": {reason}";
        return refusal.Status switch
        {
            HttpStatusCode.Unauthorized => new ToolException(
                $"{refusal.System} does not accept our credentials (401 on {refusal.Asked}{said}). The token may have expired or been revoked; check Token, TokenFile or App under {refusal.SettingsPath}."),
            HttpStatusCode.Forbidden when IsSingleSignOn(refusal) => new ToolException(
                $"{refusal.System} wants the token authorised for the organisation's single sign-on before {refusal.Asked} (403{said}). Its owner does that on GitHub under Settings, Developer settings, at the token: Configure SSO."),
            HttpStatusCode.Forbidden => new ToolException($"{refusal.System} forbids {refusal.Asked} (403{said}). {Permission(refusal)}"),
            HttpStatusCode.NotFound => new ToolException(
                $"{refusal.System} has no {refusal.Asked} (404{said}), or hides it: GitHub answers 404 also for what our credentials may not see. Check the name. {Permission(refusal)}"),
            HttpStatusCode.Gone => new ToolException(
                $"{refusal.System} answers {refusal.Asked} with 410{said}. Most often issues are disabled in that repository; ask where the team keeps them."),
            HttpStatusCode.Conflict => new ToolException($"{refusal.System} refuses {refusal.Asked} because of a conflict (409{said}). Look at its present state, then decide again."),
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new ToolException(
                $"{refusal.System} does not accept {refusal.Asked} ({(int)refusal.Status}{said}). Correct it and ask again."),
            HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => new ToolException(
                $"{refusal.System} has moved {refusal.Asked} ({(int)refusal.Status}); the repository was most likely renamed or transferred. A write is not sent after it. Use the new name, also in the catalogue."),
            >= HttpStatusCode.InternalServerError when said.Length > 0 => new ToolException($"{refusal.System} failed at {refusal.Asked} ({(int)refusal.Status}{said}). Ask again later.") { Retryable = true },
            _ => null,
        };
    }

    /// <summary>GitHub's message with what it says of each field, on one line.</summary>
    public static string Reason(string body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, GitHubJson.Default.ApiError);
            string?[] parts = [error?.Message?.TrimEnd('.'), .. Details(error?.Errors)];
            return Excerpt.Line(string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part))), ReasonLength);
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>Mostly objects, sometimes plain texts, once in a while one text instead of a list.</summary>
    private static IEnumerable<string> Details(JsonElement? errors) => errors switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Take(5).Select(Detail),
        _ => [],
    };

    private static string Detail(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return error.GetString()!;
        }

        return error.ValueKind == JsonValueKind.Object ? string.Join(' ', DetailNames.Select(Text).Where(part => part.Length > 0)) : "";

        string Text(string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }

    private static bool IsSingleSignOn(HttpRefusal refusal) =>
        refusal.Headers?.Contains("X-GitHub-SSO") == true || refusal.Body.Contains("SAML enforcement", StringComparison.OrdinalIgnoreCase);

    /// <summary>What GitHub says it would have accepted; where it does not say, what the path stands for.</summary>
    private static string Permission(HttpRefusal refusal)
    {
        var wanted = Header("X-Accepted-GitHub-Permissions") ?? Header("X-Accepted-OAuth-Scopes");
        return wanted is not null
            ? $"Our credentials need {wanted} on that repository."
            : $"Our credentials need the permission '{ByPath(refusal.Asked)}' on that repository.";

        string? Header(string name) =>
            refusal.Headers?.TryGetValues(name, out var values) == true && Excerpt.Line(string.Join(", ", values), 100) is { Length: > 0 } text
            && !text.StartsWith("allows_permissionless_access", StringComparison.Ordinal) ? text : null;
    }

    private static string ByPath(string asked)
    {
        var rights = asked.StartsWith("GET ", StringComparison.Ordinal) ? "read" : "write";
        var area = asked.Split('/') switch
        {
            [_, "repos", _, _, "issues", ..] => "Issues",
            [_, "repos", _, _, "pulls", ..] => "Pull requests",
            [_, "repos", _, _, "check-runs", ..] or [_, "repos", _, _, "commits", .., "check-runs"] => "Checks",
            [_, "repos", _, _, "statuses", ..] or [_, "repos", _, _, "commits", .., "status"] => "Commit statuses",
            [_, "repos", _, _, "deployments", ..] => "Deployments",
            [_, "repos", _, _, "contents" or "commits" or "compare" or "branches" or "git" or "tarball", ..] => "Contents",
            _ => "Metadata",
        };
        return $"{area}: {rights}";
    }
}
