using SreAgent.Core.Changes;
using SreAgent.Testing.Rollouts;

namespace SreAgent.Runtime.Tests.Rollouts;

public sealed class PreflightCommandTests : IDisposable
{
    private readonly RolloutWorld _world = new() { CodeHost = null };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("preflight-");

    [Fact]
    public async Task It_is_told_what_goes_out_and_nothing_secret_and_runs_once_for_a_commit()
    {
        Environment.SetEnvironmentVariable("A_TOKEN_OF_THE_HOST", "not for you");
        Run("env > seen; echo x >> times; echo all good");
        Assert.True(Green(await _world.PlanAsync(RolloutWorld.Deploy())).Passed);
        Assert.True(Green(await _world.PlanAsync(RolloutWorld.Deploy())).Passed);
        var seen = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "seen"));
        Assert.Contains("SREAGENT_SERVICE=checkout", seen, StringComparison.Ordinal);
        Assert.Contains($"SREAGENT_COMMIT={ScriptedPlatform.Commit("v43")}", seen, StringComparison.Ordinal);
        Assert.Contains($"SREAGENT_IMAGE=registry.fly.io/checkout:v43@{ScriptedPlatform.Digest("v43")}", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("not for you", seen, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "times")));
    }

    [Fact]
    public async Task One_that_fails_stops_it_with_the_end_of_what_it_printed()
    {
        Run("echo lint: ok; echo 'test: 1 failed' >&2; exit 3");
        var check = Green(await _world.PlanAsync(RolloutWorld.Deploy()));
        Assert.False(check.Passed);
        Assert.Contains("ended with status 3", check.Detail, StringComparison.Ordinal);
        Assert.Contains("test: 1 failed", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_green()
    {
        _world.Settings["Services:checkout:Rollouts:Preflight:0"] = "/no/such/program";
        Assert.Contains("could not be started", Green(await _world.PlanAsync(RolloutWorld.Deploy())).Detail, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _world.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Run(string script)
    {
        _world.Settings["Services:checkout:Rollouts:Preflight:0"] = "sh";
        _world.Settings["Services:checkout:Rollouts:Preflight:1"] = "-c";
        _world.Settings["Services:checkout:Rollouts:Preflight:2"] = script;
        _world.Settings["Services:checkout:Rollouts:PreflightFolder"] = _folder.FullName;
    }

    private static PreflightCheck Green(ChangePlan plan) => Assert.Single(plan.Preflight, check => check.Name == "lint, tests and build green");
}
