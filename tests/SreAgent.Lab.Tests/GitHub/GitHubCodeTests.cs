using System.Text;
using SreAgent.Lab.GitHub;
using SreAgent.Testing.GitHub;

namespace SreAgent.Lab.Tests.GitHub;

public class GitHubCodeTests
{
    [Fact]
    public async Task Commits_are_listed_newest_first_and_filtered()
    {
        await using var lab = await GitHubLab.StartAsync();

        Assert.Equal([SampleGitHub.V43, SampleGitHub.V42, SampleGitHub.V41], (await lab.GetAsync($"{GitHubLab.Checkout}/commits")).Each("sha"));
        Assert.Equal([SampleGitHub.V41], (await lab.GetAsync($"{GitHubLab.Checkout}/commits?path=fly.toml")).Each("sha"));
        Assert.Equal([SampleGitHub.Fix], (await lab.GetAsync($"{GitHubLab.Checkout}/commits?sha=fix%2Ftimeouts&author=bob")).Each("sha"));
        Assert.Equal([SampleGitHub.V43], (await lab.GetAsync($"{GitHubLab.Checkout}/commits?since=2026-11-20T09:15:00Z")).Each("sha"));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_commit_shows_what_it_changed()
    {
        await using var lab = await GitHubLab.StartAsync();

        var commit = await lab.GetAsync($"{GitHubLab.Checkout}/commits/{SampleGitHub.V43[..7]}");

        Assert.Equal(["migrations/7.sql", "src/checkout.cs"], commit.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("filename").GetString()));
        Assert.Equal("@@ -1,4 +1,4 @@\n class Checkout\n {\n-    // v42\n+    // v43\n }", commit["files.1.patch"]);
        Assert.Equal("@@ -0,0 +1 @@\n+alter table orders add retries int;", commit["files.0.patch"]);
        Assert.Equal(("added", "3"), (commit["files.0.status"], commit["stats.total"]));
        Assert.Equal(422, (await lab.GetAsync($"{GitHubLab.Checkout}/commits/0000000")).Status);
        lab.Recording.AssertFaithful();
    }

    [Theory]
    [InlineData("111111111...main", "ahead", 2, 0, 2)]
    [InlineData("main...222222222", "behind", 0, 1, 0)]
    [InlineData("main...fix%2Ftimeouts", "diverged", 1, 1, 2)]
    [InlineData("main...main", "identical", 0, 0, 0)]
    public async Task A_comparison_counts_both_ways(string range, string status, int ahead, int behind, int files)
    {
        await using var lab = await GitHubLab.StartAsync();

        var compared = await lab.GetAsync($"{GitHubLab.Checkout}/compare/{range}");

        Assert.Equal((status, $"{ahead}", $"{behind}"), (compared["status"], compared["ahead_by"], compared["behind_by"]));
        Assert.Equal(files, compared.Json.GetProperty("files").GetArrayLength());
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_file_is_read_as_it_was_at_a_ref()
    {
        await using var lab = await GitHubLab.StartAsync();

        var old = await lab.GetAsync($"{GitHubLab.Checkout}/contents/src/checkout.cs?ref={SampleGitHub.V41}");
        var escaped = await lab.GetAsync($"{GitHubLab.Checkout}/contents/src%2Fcheckout.cs");
        var raw = await lab.GetAsync($"{GitHubLab.Checkout}/contents/fly.toml", "application/vnd.github.raw+json");
        var folder = await lab.GetAsync($"{GitHubLab.Checkout}/contents/");

        Assert.Contains("// v41", Encoding.UTF8.GetString(Convert.FromBase64String(old["content"]!.Replace("\n", "", StringComparison.Ordinal))), StringComparison.Ordinal); // A file has content.
        Assert.Equal(("src/checkout.cs", "app = \"checkout\"\n"), (escaped["path"], raw.Text));
        Assert.Equal(["fly.toml file", "migrations dir", "src dir"], folder.Json.EnumerateArray().Select(entry => $"{entry.GetProperty("name")} {entry.GetProperty("type")}").Order(StringComparer.Ordinal));
        Assert.Equal(404, (await lab.GetAsync($"{GitHubLab.Checkout}/contents/fly.toml?ref=fix%2Ftimeouts")).Status);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Its_blob_hash_is_gits()
    {
        await using var lab = await GitHubLab.StartAsync(seed => seed with
        {
            Repositories = [new("acme/checkout") { Commits = [new(SampleGitHub.V41, "x", "ada", SampleGitHub.Start) { Files = new Dictionary<string, string?> { ["a"] = "hello\n" } }] }],
        });

        // printf 'hello\n' | git hash-object --stdin
        Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", (await lab.GetAsync($"{GitHubLab.Checkout}/contents/a"))["sha"]);
    }

    [Fact]
    public async Task Branches_say_whether_they_are_protected_and_protected_ones_stay()
    {
        await using var lab = await GitHubLab.StartAsync();

        var branches = await lab.GetAsync($"{GitHubLab.Checkout}/branches");
        var main = await lab.GetAsync($"{GitHubLab.Checkout}/branches/main");
        var made = await lab.PostAsync($"{GitHubLab.Checkout}/git/refs", new { @ref = "refs/heads/hotfix", sha = SampleGitHub.V42 });
        var moved = await lab.PatchAsync($"{GitHubLab.Checkout}/git/refs/heads/hotfix", new { sha = SampleGitHub.V43 });
        var back = await lab.PatchAsync($"{GitHubLab.Checkout}/git/refs/heads/hotfix", new { sha = SampleGitHub.V41 });
        var held = await lab.PatchAsync($"{GitHubLab.Checkout}/git/refs/heads/main", new { sha = SampleGitHub.V42, force = true });

        Assert.Equal(["fix/timeouts False", "main True"], branches.Json.EnumerateArray().Select(branch => $"{branch.GetProperty("name")} {branch.GetProperty("protected")}"));
        Assert.Equal(("True", SampleGitHub.V43), (main["protected"], main["commit.sha"]));
        Assert.Equal((201, 200, 422, 422), (made.Status, moved.Status, back.Status, held.Status));
        Assert.Equal(SampleGitHub.V43, (await lab.GetAsync($"{GitHubLab.Checkout}/git/ref/heads/hotfix"))["object.sha"]);
        Assert.Equal(204, (await lab.SendAsync(HttpMethod.Delete, $"{GitHubLab.Checkout}/git/refs/heads/hotfix")).Status);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_scenario_pushes_without_a_trace_in_the_journal()
    {
        await using var lab = await GitHubLab.StartAsync();

        lab.Simulator.Push("acme/checkout", "main", new GitHubCommitSeed(new string('4', 40), "Break it", "eve", SampleGitHub.Start.AddHours(1)));

        var head = await lab.GetAsync($"{GitHubLab.Checkout}/commits/main");
        Assert.Equal((new string('4', 40), SampleGitHub.V43), (head["sha"], head["parents.0.sha"]));
        Assert.Empty(lab.Journal.Entries);
    }
}
