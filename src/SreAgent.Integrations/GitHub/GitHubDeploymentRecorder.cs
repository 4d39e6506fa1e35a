using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Redaction;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// Keeps GitHub's list of deployments true: one deployment a rollout, tied to the change by its payload, with the ending as its status.
/// </summary>
internal sealed class GitHubDeploymentRecorder(IGitHubApi api, WritePolicy policy, Redactor redactor) : IRolloutRecorder
{
    private const int DescriptionLength = 140;
    private const int Recent = 100;

    public string Name => GitHubTools.Source;

    public bool Takes(RolloutRecord record) =>
        RepositoryName.TryParse(record.Repository) is { } repository && record.Commit is { } commit && GitPath.IsFullHash(commit)
        && policy.Allows(repository, RepositoryWrite.Deployments);

    public async Task<string> OpenAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        var (repository, commit) = Place(record);
        policy.Require(repository, RepositoryWrite.Deployments);
        var deployment = await api.CreateDeploymentAsync(
            repository,
            new NewDeployment(
                commit, record.IsRollback ? "rollback" : "deploy", record.Environment,
                Short($"{(record.IsRollback ? "Roll back" : "Deploy")} {record.Service} to {record.To} ({record.Change})"),
                new DeploymentPayload(record.Change.Value, record.Service, Clean(record.From), Clean(record.To), record.IsRollback),
                AutoMerge: false, RequiredContexts: [], ProductionEnvironment: IsProduction(record.Environment)),
            cancellationToken);
        if (deployment.Id == 0)
        {
            throw new ToolException($"GitHub took the deployment of {record.Service} to {repository} but named none; whether it is listed is unknown.");
        }

        await SayAsync(repository, deployment.Id, "in_progress", $"Change {record.Change} is being carried out.", cancellationToken);
        return deployment.Id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<string?> FindAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        var (repository, commit) = Place(record);
        var recent = await api.DeploymentsAsync(repository, commit, record.Environment, Recent, cancellationToken);
        return recent.Items.FirstOrDefault(deployment => string.Equals(ChangeOf(deployment), record.Change.Value, StringComparison.Ordinal))?.Id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task CloseAsync(RolloutRecord record, string handle, RolloutEnding ending, CancellationToken cancellationToken)
    {
        var (repository, _) = Place(record);
        if (!long.TryParse(handle, NumberStyles.None, CultureInfo.InvariantCulture, out var deployment))
        {
            throw new ToolException($"'{Excerpt.Line(handle, 50)}' is not a deployment of {repository}; its ending was not recorded.");
        }

        policy.Require(repository, RepositoryWrite.Deployments);
        var state = StateOf(ending.Verdict);
        var said = await api.DeploymentStatusesAsync(repository, deployment, 1, cancellationToken);
        if (said.Items is not [var newest, ..] || newest.State != state)
        {
            await SayAsync(repository, deployment, state, $"{ending.Verdict}: {ending.Detail}", cancellationToken);
        }
    }

    /// <summary>The change a deployment of ours belongs to. Anybody may write a payload; it identifies, it decides nothing.</summary>
    public static string? ChangeOf(ApiDeployment deployment)
    {
        try
        {
            return deployment.Payload switch
            {
                { ValueKind: JsonValueKind.Object } payload => Change(payload),
                { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } json => Change(JsonElement.Parse(json)),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }

        static string? Change(JsonElement payload) =>
            payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("change", out var change) && change.ValueKind == JsonValueKind.String ? change.GetString() : null;
    }

    /// <summary>A rollout nobody could verify is neither a success nor a failure; GitHub's word for not knowing is error.</summary>
    private static string StateOf(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Passed => "success",
        VerificationVerdict.Failed => "failure",
        _ => "error",
    };

    private Task SayAsync(RepositoryName repository, long deployment, string state, string description, CancellationToken cancellationToken) =>
        api.CreateDeploymentStatusAsync(repository, deployment, new NewDeploymentStatus(state, Short(description)), cancellationToken);

    private static (RepositoryName Repository, string Commit) Place(RolloutRecord record) =>
        RepositoryName.TryParse(record.Repository) is { } repository && record.Commit is { } commit && GitPath.IsFullHash(commit)
            ? (repository, commit)
            : throw new ToolException($"A deployment of {record.Service} needs the service's repository and a commit to be recorded on GitHub.");

    private static bool IsProduction(string environment) =>
        environment.Equals("production", StringComparison.OrdinalIgnoreCase) || environment.Equals("prod", StringComparison.OrdinalIgnoreCase);

    /// <summary>Details quote logs and endpoints, and a repository has more readers than this host.</summary>
    private string Short(string text) => Excerpt.Line(Clean(text), DescriptionLength - 1);

    private string Clean(string text) => redactor.Redact(text);
}
