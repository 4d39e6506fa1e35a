using System.Diagnostics;
using SreAgent.Core.Changes;
using SreAgent.Core.Code;
using SreAgent.Core.Rollouts;
using SreAgent.Testing.Rollouts;

namespace SreAgent.Runtime.Tests.Rollouts;

public sealed class PlanTests : IDisposable
{
    private readonly RolloutWorld _world = new();

    [Fact]
    public async Task A_deploy_says_everything_the_approver_should_know()
    {
        _world.CodeHost!.Files[ScriptedPlatform.Commit("v42")] = "app = \"checkout\"\n[env]\nWORKERS = \"2\"";
        _world.CodeHost.Files[ScriptedPlatform.Commit("v43")] = "app = \"checkout\"\n[env]\nWORKERS = \"4\"";
        var plan = await _world.PlanAsync(RolloutWorld.Deploy());
        Assert.All(plan.Preflight, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal("Deploy v43 of checkout in place of v42 on 2 machines.", plan.Summary);
        Assert.Contains("release v42 (complete)", plan.Current, StringComparison.Ordinal);
        Assert.EndsWith(ScriptedPlatform.Digest("v43"), plan.Wanted, StringComparison.Ordinal);
        Assert.Contains("2 commits go out", Fact(plan, "commits"), StringComparison.Ordinal);
        Assert.Contains("db/migrations/0007_add_column.sql", Fact(plan, "migrations"), StringComparison.Ordinal);
        Assert.EndsWith("\n- WORKERS = \"2\"\n+ WORKERS = \"4\"", Fact(plan, "fly.toml"), StringComparison.Ordinal);
        Assert.Contains("2 machines in ams", Fact(plan, "machines"), StringComparison.Ordinal);
        Assert.StartsWith("Healthy.", Fact(plan, "error budget"), StringComparison.Ordinal);
        Assert.StartsWith("Not reviewed", Fact(plan, "readiness"), StringComparison.Ordinal);
        Assert.Contains("configuration", plan.Undo, StringComparison.Ordinal);
        Assert.Contains("schema", plan.Undo, StringComparison.Ordinal);
        Assert.Contains("pruned", plan.Undo, StringComparison.Ordinal);
        Assert.Equal("fly_rollback", plan.Remedy?.Tool);
        Assert.Equal("v42", plan.Remedy?.Arguments.GetProperty("to").GetString());
        Assert.False(plan.Remedy?.Automatic);
    }

    [Fact]
    public async Task Approving_the_rollback_with_the_deploy_is_said_and_kept()
    {
        var plan = await _world.PlanAsync(RolloutWorld.Deploy() with { RollBackOnFailure = true });
        Assert.True(plan.Remedy?.Automatic);
        Assert.Contains("approves that as well, once", plan.Undo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fingerprint_changes_with_the_bytes_a_tag_means_and_with_the_fleet()
    {
        var before = (await _world.PlanAsync(RolloutWorld.Deploy())).Fingerprint;
        Assert.Equal(before, (await _world.PlanAsync(RolloutWorld.Deploy())).Fingerprint);
        _world.Platform.MovedTags["v43"] = "v41";
        var moved = (await _world.PlanAsync(RolloutWorld.Deploy())).Fingerprint;
        Assert.NotEqual(before, moved);
        _world.Platform.Releases.Insert(0, ScriptedPlatform.Made("v44", "v42", -1));
        Assert.NotEqual(moved, (await _world.PlanAsync(RolloutWorld.Deploy())).Fingerprint);
    }

    [Fact]
    public async Task A_plan_takes_as_long_as_its_slowest_chain()
    {
        var call = TimeSpan.FromMilliseconds(150);
        _ = _world.Services;
        await _world.PlanAsync(RolloutWorld.Deploy());
        (_world.Platform.Latency, _world.CodeHost!.Latency, _world.Metrics!.Latency) = (call, call, call);
        var began = Stopwatch.GetTimestamp();
        await _world.PlanAsync(RolloutWorld.Deploy());

        // Two calls deep (what is wanted, then its checks); one after another it would be eighteen.
        Assert.InRange(Stopwatch.GetElapsedTime(began), call * 1.9, call * 8);
    }

    [Theory]
    [InlineData("v99", "image exists")]
    [InlineData("v42", "something to do")]
    public async Task What_cannot_or_need_not_be_deployed_stops_before_anybody_is_asked(string image, string check) =>
        Assert.Contains(Failed(await _world.PlanAsync(RolloutWorld.Deploy(image))), failed => failed.Name == check);

    [Fact]
    public async Task A_machine_out_of_reach_stops_it()
    {
        _world.Platform.Instances[1] = _world.Platform.Instances[1] with { IsReachable = false };
        Assert.Equal("every machine reachable", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Name);
    }

    [Fact]
    public async Task Another_release_under_way_stops_it()
    {
        _world.Platform.Releases.Insert(0, ScriptedPlatform.Made("v43", "v43", -1) with { Status = ReleaseStatus.Running });
        Assert.Equal("nothing else under way", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Name);
    }

    [Fact]
    public async Task A_check_that_is_not_green_stops_it_and_is_named()
    {
        _world.CodeHost!.Checks[1] = new CommitCheck("test", CheckState.Pending, "", null);
        Assert.Contains("test (pending)", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_is_not_green()
    {
        _world.CodeHost!.Checks.Clear();
        Assert.Contains("has no checks at all", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Detail, StringComparison.Ordinal);
        _world.CodeHost.Down = "503 from github.";
        Assert.Contains("503 from github.", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Detail, StringComparison.Ordinal);
        _world.Platform.Images["v43"] = null;
        Assert.Contains("org.opencontainers.image.revision", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Deploy()))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_may_do_without_green_and_that_is_said()
    {
        _world.CodeHost = null;
        _world.Settings["Services:checkout:Rollouts:RequireGreen"] = "false";
        var plan = await _world.PlanAsync(RolloutWorld.Deploy());
        Assert.Empty(Failed(plan));
        Assert.Contains(plan.Preflight, check => check.Detail.StartsWith("not required by settings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_could_not_be_looked_at_is_said_plainly()
    {
        (_world.CodeHost, _world.Metrics, _world.Probe) = (null, null, null);
        _world.Settings["Services:checkout:Rollouts:RequireGreen"] = "false";
        var plan = await _world.PlanAsync(RolloutWorld.Deploy());
        Assert.StartsWith("Not looked at: no code host is configured", Fact(plan, "commits"), StringComparison.Ordinal);
        Assert.StartsWith("Not looked at", Fact(plan, "migrations"), StringComparison.Ordinal);
        Assert.Contains("Not compared", Fact(plan, "fly.toml"), StringComparison.Ordinal);
        Assert.StartsWith("Unknown.", Fact(plan, "error budget"), StringComparison.Ordinal);
        Assert.Contains("nothing here can ask the configured endpoints", Fact(plan, "verification"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_goes_back_without_checks_and_compares_the_other_way_round()
    {
        _world.CodeHost!.Checks.Clear();
        var plan = await _world.PlanAsync(RolloutWorld.Rollback());
        Assert.Empty(Failed(plan));
        Assert.Null(plan.Remedy);
        Assert.Equal("Roll checkout back to v41 (v41), away from v42, on 2 machines.", plan.Summary);
        Assert.Contains("are taken back", Fact(plan, "commits"), StringComparison.Ordinal);
        Assert.Equal((ScriptedPlatform.Commit("v41"), ScriptedPlatform.Commit("v42")), _world.CodeHost.Compared);
    }

    [Theory]
    [InlineData("v41")]
    [InlineData("41")]
    public async Task A_rollback_to_a_release_takes_its_image(string to) =>
        Assert.EndsWith(ScriptedPlatform.Digest("v41"), (await _world.PlanAsync(RolloutWorld.Rollback(to))).Wanted, StringComparison.Ordinal);

    [Fact]
    public async Task A_rollback_with_nowhere_to_go_or_a_pruned_image_is_not_put_up()
    {
        _world.Platform.Images.Remove("v41");
        Assert.Equal("image exists", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Rollback()))).Name);
        _world.Platform.Releases.RemoveAt(1);
        Assert.Equal("rollback target known", Assert.Single(Failed(await _world.PlanAsync(RolloutWorld.Rollback()))).Name);
    }

    [Fact]
    public async Task A_deploy_without_a_way_back_says_so_and_is_not_stopped()
    {
        _world.Platform.Releases.Clear();
        var plan = await _world.PlanAsync(RolloutWorld.Deploy());
        Assert.Empty(Failed(plan));
        Assert.Null(plan.Remedy);
        Assert.StartsWith("None", Fact(plan, "rollback target"), StringComparison.Ordinal);
        Assert.Contains("nothing to roll back to", plan.Undo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db/migrate/20260101_add.rb", true)]
    [InlineData("shop/orders/migrations/0002_x.py", true)]
    [InlineData("prisma/migrations/1/migration.sql", true)]
    [InlineData("sql/V12__add.sql", true)]
    [InlineData("alembic/versions/ab12.py", true)]
    [InlineData("src/migrations.go", false)]
    [InlineData("docs/migrations/readme.md", false)]
    public void Migrations_are_told_by_where_frameworks_keep_them(string path, bool isOne) =>
        Assert.Equal(isOne, SreAgent.Runtime.Rollouts.MigrationFacts.IsMigration(path));

    public void Dispose() => _world.Dispose();

    private static string Fact(ChangePlan plan, string name) => Assert.Single(plan.Facts, fact => fact.Name == name).Detail;

    private static PreflightCheck[] Failed(ChangePlan plan) => [.. plan.Preflight.Where(check => !check.Passed)];
}
