using System.Text.Json;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class DeploymentRoutes
{
    private const string OneDeployment = GitHubMap.Repository + "/deployments/{id:long}";

    private static readonly JsonElement EmptyPayload = JsonElement.Parse("{}");

    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/deployments", List)
        .Post(GitHubMap.Repository + "/deployments", Create)
        .Get(OneDeployment, call => GitHubAnswer.Ok(DeploymentWire.Of(call, call.Repository, Found(call, call.Repository))))
        .Get(OneDeployment + "/statuses", Statuses)
        .Post(OneDeployment + "/statuses", CreateStatus);

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var found = repository.Deployments
            .Where(deployment => call.Query("sha") is not { } sha || deployment.Sha == sha)
            .Where(deployment => call.Query("ref") is not { } reference || deployment.Ref == reference)
            .Where(deployment => call.Query("task") is not { } task || deployment.Task == task)
            .Where(deployment => call.Query("environment") is not { } environment || deployment.Environment == environment)
            .Reverse();
        return call.Page([.. found], deployment => DeploymentWire.Of(call, repository, deployment));
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("deployments");
        var fields = call.Fields;
        var reference = fields.Required("Deployment", "ref");
        var commit = repository.Resolve(reference) ?? throw GitHubRefusal.Of(422, $"No ref found for: {reference}");
        if (fields.Flag("auto_merge") != false && Comparison.Of(repository, repository.Resolve("HEAD")!, commit).Behind.Count > 0 && repository.Refs.ContainsKey($"refs/heads/{reference}")) // There is always a default branch.
        {
            // GitHub merges the default branch in and deploys nothing; the merge itself is of no interest here.
            call.Changed($"{repository.FullName}: {repository.DefaultBranch} merged into {reference} instead of a deployment");
            return new GitHubAnswer(202, new { message = $"Auto-merged {repository.DefaultBranch} into {reference} on deployment." });
        }

        RequireContexts(fields.Names("required_contexts"), repository, commit, reference);
        var environment = fields.Text("environment") ?? "production";
        var deployment = new DeploymentState(call.World.NextId(), commit.Sha, reference, environment, call.Caller.Login!, call.Now) // Writable has seen to it.
        {
            Task = fields.Text("task") ?? "deploy",
            Description = fields.Text("description") ?? "",
            Payload = fields.Field("payload") ?? EmptyPayload,
            IsTransient = fields.Flag("transient_environment") ?? false,
            IsProduction = fields.Flag("production_environment") ?? environment == "production",
        };
        repository.Deployments.Add(deployment);
        call.Changed($"{repository.FullName}: deployment {deployment.Id} of {commit.Sha[..7]} to {environment}");
        return GitHubAnswer.Created(DeploymentWire.Of(call, repository, deployment));
    }

    /// <summary>Absent means every status and check there is; empty means none.</summary>
    private static void RequireContexts(IReadOnlyList<string>? required, RepositoryState repository, CommitState commit, string reference)
    {
        var states = StatusRoutes.NewestOfEach(repository, commit.Sha).Select(status => (Context: status.Context, IsGreen: status.State == "success"))
            .Concat(repository.CheckRuns.Where(run => run.Sha == commit.Sha).Reverse().DistinctBy(run => run.Name, StringComparer.Ordinal)
                .Select(run => (Context: run.Name, IsGreen: run.Conclusion is "success" or "neutral" or "skipped")))
            .ToArray();
        var failing = required is null
            ? states.Where(state => !state.IsGreen).Select(state => state.Context).ToArray()
            : [.. required.Where(context => !states.Contains((context, true)))];
        if (failing.Length > 0)
        {
            throw new GitHubRefusal(409, new
            {
                message = $"Conflict: Commit status checks failed for {reference}.",
                errors = new[] { new { contexts = failing.Select(context => new { context, state = "failure" }), resource = "Deployment", field = "required_contexts", code = "invalid" } },
                documentation_url = "https://docs.github.com/rest",
                status = "409",
            });
        }
    }

    private static GitHubAnswer Statuses(GitHubCall call)
    {
        var repository = call.Repository;
        var deployment = Found(call, repository);
        return call.Page([.. Enumerable.Reverse(deployment.Statuses)], status => DeploymentWire.Status(call, repository, deployment, status));
    }

    private static GitHubAnswer CreateStatus(GitHubCall call)
    {
        var repository = call.Writable("deployments");
        var deployment = Found(call, repository);
        var fields = call.Fields;
        var state = fields.OneOf("DeploymentStatus", "state", "error", "failure", "inactive", "in_progress", "queued", "pending", "success")
            ?? throw GitHubRefusal.Invalid("DeploymentStatus", "state", "missing_field");
        var status = new DeploymentStatusState(
            call.World.NextId(), state, fields.Text("description") ?? "", fields.Text("environment") ?? deployment.Environment,
            fields.Text("log_url") ?? fields.Text("target_url") ?? "", fields.Text("environment_url") ?? "", call.Caller.Login!, call.Now); // Writable has seen to it.
        if (state == "success" && fields.Flag("auto_inactive") != false)
        {
            Retire(call, repository, deployment);
        }

        deployment.Statuses.Add(status);
        call.Changed($"{repository.FullName}: deployment {deployment.Id} {state}");
        return GitHubAnswer.Created(DeploymentWire.Status(call, repository, deployment, status));
    }

    /// <summary>Earlier deployments to the same environment give way, unless they are transient or to production.</summary>
    private static void Retire(GitHubCall call, RepositoryState repository, DeploymentState by)
    {
        foreach (var earlier in repository.Deployments.Where(other => other != by && other.Environment == by.Environment && other is { IsTransient: false, IsProduction: false }))
        {
            if (earlier.Statuses is [.., { State: "success" } last])
            {
                earlier.Statuses.Add(last with { Id = call.World.NextId(), State = "inactive", At = call.Now });
            }
        }
    }

    private static DeploymentState Found(GitHubCall call, RepositoryState repository) =>
        repository.Deployments.Find(deployment => deployment.Id.ToString() == call.Value("id")) ?? throw GitHubRefusal.NotFound();
}
