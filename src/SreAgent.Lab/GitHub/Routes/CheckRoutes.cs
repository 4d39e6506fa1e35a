using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class CheckRoutes
{
    private const int MostAnnotations = 50;

    private static readonly string[] Conclusions = ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"];

    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/commits/{reference}/check-runs", List)
        .Get(GitHubMap.Repository + "/check-runs/{id:long}", call => GitHubAnswer.Ok(CheckWire.Of(call, call.Repository, Found(call, call.Repository))))
        .Post(GitHubMap.Repository + "/check-runs", Create)
        .Patch(GitHubMap.Repository + "/check-runs/{id:long}", Change);

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var commit = repository.Commit(call.Value("reference"));
        var found = repository.CheckRuns
            .Where(run => run.Sha == commit.Sha)
            .Where(run => call.Query("check_name") is not { } name || run.Name == name)
            .Where(run => call.Query("status") is not { } status || run.Status == status)
            .Reverse();

        // "latest", the default, is the newest of each name; "all" is every run there was.
        CheckRunState[] shown = [.. call.Query("filter") is "all" ? found : found.DistinctBy(run => run.Name, StringComparer.Ordinal)];
        return call.Page(shown, items => new { total_count = shown.Length, check_runs = items }, run => CheckWire.Of(call, repository, run));
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = OfApp(call);
        var fields = call.Fields;
        var sha = fields.Required("CheckRun", "head_sha");
        var commit = repository.Commits.GetValueOrDefault(sha) ?? throw GitHubRefusal.Of(422, $"No commit found for SHA: {sha}");
        var run = new CheckRunState(call.World.NextId(), commit.Sha, fields.Required("CheckRun", "name")) { StartedAt = call.Now };
        Apply(call, run);
        repository.CheckRuns.Add(run);
        call.Changed($"{repository.FullName}: check {run.Name} on {sha[..7]} {run.Conclusion ?? run.Status}");
        return GitHubAnswer.Created(CheckWire.Of(call, repository, run));
    }

    private static GitHubAnswer Change(GitHubCall call)
    {
        var repository = OfApp(call);
        var run = Found(call, repository);
        Apply(call, run);
        call.Changed($"{repository.FullName}: check {run.Name} on {run.Sha[..7]} {run.Conclusion ?? run.Status}");
        return GitHubAnswer.Ok(CheckWire.Of(call, repository, run));
    }

    private static void Apply(GitHubCall call, CheckRunState run)
    {
        var fields = call.Fields;
        var status = fields.OneOf("CheckRun", "status", "queued", "in_progress", "completed");
        var conclusion = fields.OneOf("CheckRun", "conclusion", Conclusions);
        if (status == "completed" && conclusion is null && run.Conclusion is null)
        {
            throw GitHubRefusal.Invalid("CheckRun", "conclusion", "missing_field");
        }

        ApplyOutput(fields, run);
        run.Name = fields.Text("name") ?? run.Name;
        run.DetailsUrl = fields.Text("details_url") ?? run.DetailsUrl;
        run.ExternalId = fields.Text("external_id") ?? run.ExternalId;
        run.StartedAt = fields.Moment("started_at") ?? run.StartedAt;

        // Giving a conclusion completes the run.
        run.Status = conclusion is null ? status ?? run.Status : "completed";
        run.Conclusion = conclusion ?? (run.Status == "completed" ? run.Conclusion : null);
        run.CompletedAt = run.Status == "completed" ? fields.Moment("completed_at") ?? run.CompletedAt ?? call.Now : null;
    }

    private static void ApplyOutput(JsonFields fields, CheckRunState run)
    {
        if (fields.Field("output") is not { } given)
        {
            return;
        }

        var output = new JsonFields(given);
        var annotations = output.Objects("annotations").Count;
        if (annotations > MostAnnotations)
        {
            throw GitHubRefusal.Of(422, $"Invalid request.\n\nNo more than {MostAnnotations} items are allowed; {annotations} were supplied.");
        }

        run.Summary = output.Required("CheckRun", "summary");
        run.Title = output.Text("title") ?? run.Title;
        run.Text = output.Text("text") ?? run.Text;
        run.Annotations += annotations;
    }

    private static CheckRunState Found(GitHubCall call, RepositoryState repository) =>
        repository.CheckRuns.Find(run => run.Id.ToString() == call.Value("id")) ?? throw GitHubRefusal.NotFound();

    private static RepositoryState OfApp(GitHubCall call)
    {
        var repository = call.Writable("checks");
        return call.Caller.IsApp ? repository : throw GitHubRefusal.Of(403, "You must authenticate via a GitHub App.");
    }
}
