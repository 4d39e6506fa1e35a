using System.Text.Json.Nodes;

namespace SreAgent.Lab.GitHub.Wire;

internal static class UserWire
{
    public static JsonObject Of(GitHubCall call, string login)
    {
        var address = $"{call.Root}/users/{Uri.EscapeDataString(login)}";
        var id = call.World.UserId(login);
        return new JsonObject
        {
            ["login"] = login,
            ["id"] = id,
            ["node_id"] = NodeId.Of("U", id),
            ["avatar_url"] = $"{call.Root}/avatars/u/{id}",
            ["gravatar_id"] = "",
            ["url"] = address,
            ["html_url"] = $"{call.Root}/{Uri.EscapeDataString(login)}",
            ["followers_url"] = $"{address}/followers",
            ["following_url"] = $"{address}/following{{/other_user}}",
            ["gists_url"] = $"{address}/gists{{/gist_id}}",
            ["starred_url"] = $"{address}/starred{{/owner}}{{/repo}}",
            ["subscriptions_url"] = $"{address}/subscriptions",
            ["organizations_url"] = $"{address}/orgs",
            ["repos_url"] = $"{address}/repos",
            ["events_url"] = $"{address}/events{{/privacy}}",
            ["received_events_url"] = $"{address}/received_events",
            ["type"] = login.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User",
            ["site_admin"] = false,
        };
    }
}
