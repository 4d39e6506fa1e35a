using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class CheckWire
{
    public static JsonObject Of(GitHubCall call, RepositoryState repository, CheckRunState run)
    {
        var address = $"{RepositoryWire.Address(call, repository)}/check-runs/{run.Id}";
        var page = $"{RepositoryWire.Page(call, repository)}/runs/{run.Id}";
        return new JsonObject
        {
            ["id"] = run.Id,
            ["head_sha"] = run.Sha,
            ["node_id"] = NodeId.Of("CR", run.Id),
            ["external_id"] = run.ExternalId ?? "",
            ["url"] = address,
            ["html_url"] = page,
            ["details_url"] = run.DetailsUrl ?? page,
            ["status"] = run.Status,
            ["conclusion"] = run.Conclusion,
            ["started_at"] = Moment.Of(run.StartedAt),
            ["completed_at"] = Moment.Of(run.CompletedAt),
            ["output"] = new JsonObject
            {
                ["title"] = run.Title,
                ["summary"] = run.Summary,
                ["text"] = run.Text,
                ["annotations_count"] = run.Annotations,
                ["annotations_url"] = $"{address}/annotations",
            },
            ["name"] = run.Name,
            ["check_suite"] = new JsonObject { ["id"] = repository.Id },
            ["app"] = null,
            ["pull_requests"] = new JsonArray(),
        };
    }

    public static JsonObject Status(GitHubCall call, RepositoryState repository, StatusState status)
    {
        var wire = CombinedStatus(call, repository, status);
        wire["creator"] = UserWire.Of(call, status.Creator);
        return wire;
    }

    /// <summary>As the combined status lists it.</summary>
    public static JsonObject CombinedStatus(GitHubCall call, RepositoryState repository, StatusState status) => new()
    {
        ["url"] = $"{RepositoryWire.Address(call, repository)}/statuses/{status.Sha}",
        ["avatar_url"] = $"{call.Root}/avatars/u/{call.World.UserId(status.Creator)}",
        ["id"] = status.Id,
        ["node_id"] = NodeId.Of("SC", status.Id),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Moment.Of(status.At),
        ["updated_at"] = Moment.Of(status.At),
    };
}
