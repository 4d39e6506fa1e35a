using SreAgent.Testing.GitHub;

namespace SreAgent.Lab.Tests.GitHub;

/// <summary>Checks, statuses, deployments.</summary>
public class GitHubDeliveryTests
{
    [Fact]
    public async Task A_check_run_is_an_Apps_business()
    {
        await using var lab = await GitHubLab.StartAsync();

        var refused = await lab.PostAsync($"{GitHubLab.Checkout}/check-runs", new { name = "readiness", head_sha = SampleGitHub.V43 });
        lab.As(SampleGitHub.AppToken);
        var started = await lab.PostAsync($"{GitHubLab.Checkout}/check-runs", new { name = "readiness", head_sha = SampleGitHub.V43, status = "in_progress" });
        var ended = await lab.PatchAsync($"{GitHubLab.Checkout}/check-runs/{started["id"]}", new { conclusion = "neutral", output = new { title = "Two gaps", summary = "See the text." } });
        var endless = await lab.PostAsync($"{GitHubLab.Checkout}/check-runs", new { name = "x", head_sha = SampleGitHub.V43, status = "completed" });

        Assert.Equal((403, "You must authenticate via a GitHub App."), (refused.Status, refused["message"]));
        Assert.Equal((201, "in_progress"), (started.Status, started["status"]));
        Assert.Equal(("completed", "neutral", "Two gaps"), (ended["status"], ended["conclusion"], ended["output.title"]));
        Assert.Equal((422, "missing_field"), (endless.Status, endless["errors.0.code"]));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Of_each_check_the_newest_run_is_shown()
    {
        await using var lab = await GitHubLab.StartAsync();
        await lab.As(SampleGitHub.AppToken).PostAsync($"{GitHubLab.Checkout}/check-runs", new { name = "build", head_sha = SampleGitHub.V43, conclusion = "success", status = "completed" });

        var latest = await lab.GetAsync($"{GitHubLab.Checkout}/commits/main/check-runs");
        var all = await lab.GetAsync($"{GitHubLab.Checkout}/commits/main/check-runs?filter=all&check_name=build");

        Assert.Equal(["build success", "lint success"], latest.Json.GetProperty("check_runs").EnumerateArray().Select(run => $"{run.GetProperty("name")} {run.GetProperty("conclusion")}"));
        Assert.Equal("2", all["total_count"]);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Statuses_combine_by_the_newest_of_each_context()
    {
        await using var lab = await GitHubLab.StartAsync();
        var none = await lab.GetAsync($"{GitHubLab.Checkout}/commits/{SampleGitHub.V43}/status");

        await lab.PostAsync($"{GitHubLab.Checkout}/statuses/{SampleGitHub.V43}", new { state = "failure", context = "slo", description = "Budget spent", target_url = "https://lab.example/slo" });
        var red = await lab.GetAsync($"{GitHubLab.Checkout}/commits/main/status");
        await lab.PostAsync($"{GitHubLab.Checkout}/statuses/{SampleGitHub.V43}", new { state = "success", context = "slo" });
        var green = await lab.GetAsync($"{GitHubLab.Checkout}/commits/main/status");
        var tooLong = await lab.PostAsync($"{GitHubLab.Checkout}/statuses/{SampleGitHub.V43}", new { state = "success", description = new string('x', 141) });
        var stray = await lab.PostAsync($"{GitHubLab.Checkout}/statuses/{new string('9', 40)}", new { state = "success" });

        Assert.Equal(("pending", "failure", "success", "1"), (none["state"], red["state"], green["state"], green["total_count"]));
        Assert.Equal(["success", "failure"], (await lab.GetAsync($"{GitHubLab.Checkout}/commits/main/statuses")).Each("state"));
        Assert.Equal((422, 422), (tooLong.Status, stray.Status));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_deployment_is_recorded_with_its_course()
    {
        await using var lab = await GitHubLab.StartAsync();

        var made = await DeployAsync(lab, SampleGitHub.V42, "staging");
        var statuses = $"{GitHubLab.Checkout}/deployments/{made["id"]}/statuses";
        await lab.PostAsync(statuses, new { state = "in_progress" });
        var done = await lab.PostAsync(statuses, new { state = "success", log_url = "https://lab.example/log", description = "3 machines", environment_url = "https://checkout.example" });
        var next = await DeployAsync(lab, SampleGitHub.V43, "staging");
        await lab.PostAsync($"{GitHubLab.Checkout}/deployments/{next["id"]}/statuses", new { state = "success" });

        Assert.Equal((201, SampleGitHub.V42, "staging", 201), (made.Status, made["sha"], made["environment"], done.Status));
        Assert.Equal(["inactive", "success", "in_progress"], (await lab.GetAsync(statuses)).Each("state"));
        Assert.Equal([next["id"], made["id"]], (await lab.GetAsync($"{GitHubLab.Checkout}/deployments?environment=staging")).Each("id"));
        Assert.Equal(5, lab.Journal.Entries.Count);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_deployment_that_asks_for_green_checks_does_not_get_past_red_ones()
    {
        await using var lab = await GitHubLab.StartAsync();

        var red = await lab.PostAsync($"{GitHubLab.Checkout}/deployments", new { @ref = SampleGitHub.V43, auto_merge = false });
        var green = await lab.PostAsync($"{GitHubLab.Checkout}/deployments", new { @ref = SampleGitHub.V42, auto_merge = false });
        var merged = await lab.PostAsync($"{GitHubLab.Checkout}/deployments", new { @ref = "fix/timeouts" });
        var stray = await lab.PostAsync($"{GitHubLab.Checkout}/deployments", new { @ref = "nowhere" });

        Assert.Equal((409, 201, 202, 422), (red.Status, green.Status, merged.Status, stray.Status));
        lab.Recording.AssertFaithful();
    }

    private static Task<Reply> DeployAsync(GitHubLab lab, string commit, string environment) =>
        lab.PostAsync($"{GitHubLab.Checkout}/deployments", new { @ref = commit, environment, auto_merge = false, required_contexts = Array.Empty<string>(), payload = new { change = "chg-1" } });
}
