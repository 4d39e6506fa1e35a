using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class DeploymentWire
{
    public static JsonObject Of(GitHubCall call, RepositoryState repository, DeploymentState deployment)
    {
        var address = Address(call, repository, deployment);
        return new JsonObject
        {
            ["url"] = address,
            ["id"] = deployment.Id,
            ["node_id"] = NodeId.Of("DE", deployment.Id),
            ["sha"] = deployment.Sha,
            ["ref"] = deployment.Ref,
            ["task"] = deployment.Task,
            ["payload"] = JsonNode.Parse(deployment.Payload.GetRawText()),
            ["original_environment"] = deployment.Environment,
            ["environment"] = deployment.Environment,
            ["description"] = deployment.Description,
            ["creator"] = UserWire.Of(call, deployment.Creator),
            ["created_at"] = Moment.Of(deployment.CreatedAt),
            ["updated_at"] = Moment.Of(deployment.Statuses.Count > 0 ? deployment.Statuses[^1].At : deployment.CreatedAt),
            ["statuses_url"] = $"{address}/statuses",
            ["repository_url"] = RepositoryWire.Address(call, repository),
            ["transient_environment"] = deployment.IsTransient,
            ["production_environment"] = deployment.IsProduction,
        };
    }

    public static JsonObject Status(GitHubCall call, RepositoryState repository, DeploymentState deployment, DeploymentStatusState status)
    {
        var address = Address(call, repository, deployment);
        return new JsonObject
        {
            ["url"] = $"{address}/statuses/{status.Id}",
            ["id"] = status.Id,
            ["node_id"] = NodeId.Of("DES", status.Id),
            ["state"] = status.State,
            ["creator"] = UserWire.Of(call, status.Creator),
            ["description"] = status.Description,
            ["environment"] = status.Environment,
            ["target_url"] = status.LogUrl,
            ["log_url"] = status.LogUrl,
            ["environment_url"] = status.EnvironmentUrl,
            ["created_at"] = Moment.Of(status.At),
            ["updated_at"] = Moment.Of(status.At),
            ["deployment_url"] = address,
            ["repository_url"] = RepositoryWire.Address(call, repository),
        };
    }

    private static string Address(GitHubCall call, RepositoryState repository, DeploymentState deployment) =>
        $"{RepositoryWire.Address(call, repository)}/deployments/{deployment.Id}";
}
