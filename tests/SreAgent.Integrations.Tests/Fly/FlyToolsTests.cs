using System.Text.Json.Nodes;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>What a conversation can ask of Fly and do to it.</summary>
public class FlyToolsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_shows_machines_and_flags_what_is_wrong()
    {
        using var world = World();
        var other = world.Fake.Image("v0");
        world.Fake.Machines["m1"].Config["image"] = $"registry.fly.io/shop:v0@{other}";
        (world.Fake.Machines["m2"].Host, world.Fake.Machines["m3"].Check) = ("unreachable", "critical");
        world.Fake.Release(2, "failed", "v1");

        var status = Data<StatusResult>(await world.Tools.StatusAsync("checkout", Token));

        Assert.Equal(("v2", "failed"), (status.Release!.Id, status.Release.Status));
        Assert.Contains(status.Warnings, warning => warning.StartsWith("On a host that does not answer, cannot be changed now: m2", StringComparison.Ordinal));
        Assert.Contains("Machines run different images: v0 on m1; v1 on m2, m3.", status.Warnings);
        Assert.Contains("Checks not passing: m3.", status.Warnings);
        Assert.Equal("shared-cpu-1x, 256 MB", status.Machines[0].Size);
    }

    [Fact]
    public async Task Releases_name_where_a_rollback_goes()
    {
        using var world = World();
        world.Fake.Release(2, "complete", "old");
        world.Fake.Release(3, "complete", "v1");

        var releases = Data<ReleasesResult>(await world.Tools.ListReleasesAsync("shop", limit: 2, Token));

        Assert.Equal(["v3", "v2"], releases.Releases.Select(release => release.Id));
        Assert.True(releases.MoreExist);
        Assert.Equal("v2", releases.RollbackTarget);
    }

    [Fact]
    public async Task Logs_are_paged_through_from_the_beginning_of_the_window()
    {
        using var world = World();
        var from = DateTimeOffset.UtcNow.AddMinutes(-30);
        for (var i = 0; i < 10; i++)
        {
            world.Fake.Logs.Add((from.AddMinutes(i), i % 2 == 0 ? "info" : "error", $"line {i}"));
        }

        var errors = Data<LogsResult>(await world.Tools.GetLogsAsync("checkout", level: "error", limit: 3, cancellationToken: Token));

        Assert.Equal(["line 5", "line 7", "line 9"], errors.Lines.Select(line => line.Text));
        Assert.True(errors.MoreExist);
        Assert.IsType<ToolResult.NoData>(await world.Tools.GetLogsAsync("checkout", contains: "never", cancellationToken: Token));
    }

    [Theory]
    [InlineData("Volumes", "vol_1")]
    [InlineData("Certificates", "shop.example.com")]
    [InlineData("Secrets", "DB_URL")]
    [InlineData("Regions", "Amsterdam")]
    public async Task Resources_are_listed_and_no_secret_value_is(string kind, string holds)
    {
        using var world = World();
        world.Fake.Secrets["DB_URL"] = "postgres://secret";

        var items = string.Join(' ', Data<ResourcesResult>(await world.Tools.ListResourcesAsync("shop", Enum.Parse<FlyResource>(kind), Token)).Items);

        Assert.Contains(holds, items, StringComparison.Ordinal);
        Assert.DoesNotContain("must-not-be-read", items, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apps_are_those_of_the_tokens_organisation()
    {
        using var world = World();

        Assert.Equal(("shop", "checkout"), (Data<AppsResult>(await world.Tools.ListAppsAsync(cancellationToken: Token)).Apps.Single() is var app ? app.Name : "", app.Service));
    }

    [Fact]
    public async Task Deploy_and_rollback_are_handed_to_the_engine()
    {
        using var world = World();
        await world.Tools.PlanDeployAsync("checkout", "v2", world.Progress, FlyStrategy.Bluegreen, rollback_on_failure: true, "because", Token);
        Assert.Equal(("shop", "v2", "bluegreen", true, false), (world.Rollouts.Wish!.App, world.Rollouts.Wish.To, world.Rollouts.Wish.Strategy, world.Rollouts.Wish.RollBackOnFailure, world.Rollouts.Wish.IsRollback));

        await world.Tools.PlanRollbackAsync("checkout", world.Progress, cancellationToken: Token);
        Assert.Equal((true, null), (world.Rollouts.Wish.IsRollback, world.Rollouts.Wish.To));
    }

    [Fact]
    public async Task A_service_without_an_app_names_the_setting()
    {
        using var world = new FlyWorld(new FakeFly(), new Core.Catalogue.Service { Name = "mail", Environment = "production" });

        var fault = await Assert.ThrowsAsync<ToolException>(() => world.Tools.PlanRestartAsync("mail", cancellationToken: Token));

        Assert.StartsWith("Services:mail:FlyApp is not set", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v2")]
    [InlineData("shop:v2")]
    [InlineData("registry.fly.io/shop:v2")]
    [InlineData("digest")]
    public async Task An_image_is_found_by_any_of_its_names_and_pinned(string name)
    {
        using var world = World();
        var digest = world.Fake.Image("v2", commit: "abc123");

        var image = await world.Platform.FindImageAsync("shop", name == "digest" ? digest : name, Token);

        Assert.Equal((digest, "abc123"), (image!.Reference.Digest, image.Commit));
        Assert.Null(await world.Platform.FindImageAsync("shop", "pruned", Token));
    }

    [Theory]
    [InlineData("canary", null, "strategy possible")]
    [InlineData(null, """{"deploy":{"release_command":"migrate"}}""", "release command")]
    [InlineData(null, """{"deploy":{"strategy":"bluegreen"}}""", "strategy possible")]
    public async Task The_Machines_API_refuses_what_it_cannot_do_right(string? strategy, string? definition, string check)
    {
        using var world = World();
        world.Fake.Image("v2");
        world.Fake.Definition = definition is null ? null : JsonNode.Parse(definition);

        var order = await world.OrderAsync("v2", strategy: strategy);

        Assert.Contains((await world.Platform.MethodAsync(order, Token)).Checks, found => found.Name == check && !found.Passed);
        Assert.Contains("Nothing was touched", (await Assert.ThrowsAsync<ToolException>(() => world.ApplyAsync(order, new InMemoryChangeSteps()))).Message, StringComparison.Ordinal);
        Assert.Empty(world.Fake.Writes);
    }

    [Fact]
    public async Task An_unreachable_host_speaks_against_it()
    {
        using var world = World();
        world.Fake.Image("v2");
        world.Fake.Machines["m2"].Host = "unreachable";

        var method = await world.Platform.MethodAsync(await world.OrderAsync("v2"), Token);

        Assert.Contains(method.Checks, check => !check.Passed && check.Detail.Contains("m2 (host unreachable)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CrashMoment.AfterBegin, "none")]
    [InlineData(CrashMoment.BeforeFinish, "add machine 1")]
    [InlineData(CrashMoment.AfterBegin, "add machine 2")]
    public async Task Scaling_up_adds_machines_once_whoever_dies(CrashMoment moment, string step)
    {
        using var world = World();
        var steps = new InMemoryChangeSteps().DieAt(moment, step);
        try
        {
            await world.Tools.ScaleAsync("checkout", steps.Execution(), world.Progress, count: 5, cancellationToken: Token);
        }
        catch (ProcessDiedException)
        {
            await world.Tools.ScaleAsync("checkout", steps.TakenOver().Execution(), world.Progress, count: 5, cancellationToken: Token);
        }

        Assert.Equal(5, world.Fake.Machines.Count);
        Assert.Equal(VerificationVerdict.Passed, (await world.Tools.VerifyScaleAsync("checkout", count: 5, cancellationToken: Token)).Verdict);
    }

    [Fact]
    public async Task Scaling_down_says_which_machines_go_and_never_takes_one_with_a_volume()
    {
        using var world = World();
        Assert.Contains("Take away m3", (await world.Tools.PlanScaleAsync("checkout", world.Progress, count: 2, cancellationToken: Token)).Summary, StringComparison.Ordinal);
        world.Fake.Machines["m3"].Config["mounts"] = new JsonArray(new JsonObject { ["volume"] = "vol_1" });

        var plan = await world.Tools.PlanScaleAsync("checkout", world.Progress, count: 2, cancellationToken: Token);
        Assert.Contains(plan.Preflight, check => check.Name == "no volume is left behind" && !check.Passed);
        await Assert.ThrowsAsync<ToolException>(() => world.Tools.ScaleAsync("checkout", new InMemoryChangeSteps().Execution(), world.Progress, count: 2, cancellationToken: Token));
        Assert.Equal(3, world.Fake.Machines.Count);
    }

    [Fact]
    public async Task Resizing_rolls_over_the_machines()
    {
        using var world = World();

        await world.Tools.ScaleAsync("checkout", new InMemoryChangeSteps().Execution(), world.Progress, size: "shared-cpu-2x", cancellationToken: Token);

        Assert.Equal(VerificationVerdict.Passed, (await world.Tools.VerifyScaleAsync("checkout", size: "shared-cpu-2x", memory_mb: 512, cancellationToken: Token)).Verdict);
        Assert.Equal(VerificationVerdict.Failed, (await world.Tools.VerifyScaleAsync("checkout", size: "performance-1x", cancellationToken: Token)).Verdict);
    }

    [Theory]
    [InlineData(CrashMoment.AfterBegin)]
    [InlineData(CrashMoment.BeforeFinish)]
    public async Task Restarting_goes_one_by_one_and_repeats_none_after_a_crash(CrashMoment moment)
    {
        using var world = World();
        var steps = new InMemoryChangeSteps().DieAt(moment, "restart machine m2");
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.Tools.RestartAsync("checkout", steps.Execution(), world.Progress, cancellationToken: Token));

        await world.Tools.RestartAsync("checkout", steps.TakenOver().Execution(), world.Progress, cancellationToken: Token);

        Assert.Equal(["POST /v1/apps/shop/machines/m1/restart", "POST /v1/apps/shop/machines/m2/restart", "POST /v1/apps/shop/machines/m3/restart"], world.Fake.Writes);
        Assert.Equal(VerificationVerdict.Passed, (await world.Tools.VerifyRestartAsync("checkout", steps.Execution(), cancellationToken: Token)).Verdict);
    }

    [Fact]
    public async Task Secrets_are_set_from_where_the_settings_say_and_named_only()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "postgres://very-secret\n", Token);
        using var world = new FlyWorld(new FakeFly().With(2, "v1"), service: null, ("Secrets:DB_URL:ValueFile", file));
        var steps = new InMemoryChangeSteps();

        var plan = await world.Tools.PlanSetSecretsAsync("checkout", ["DB_URL"], Token);
        var done = await world.Tools.SetSecretsAsync("checkout", ["DB_URL"], steps.Execution(), world.Progress, Token);

        Assert.Equal("postgres://very-secret", world.Fake.Secrets["DB_URL"]);
        Assert.Equal(VerificationVerdict.Passed, (await world.Tools.VerifySetSecretsAsync("checkout", ["DB_URL"], steps.Execution(), Token)).Verdict);
        Assert.DoesNotContain("very-secret", $"{plan} {done} {string.Join(' ', steps.All)} {string.Join(' ', world.Progress.Said)}", StringComparison.Ordinal);
        Assert.Contains("EVIL cannot be set", (await Assert.ThrowsAsync<ToolException>(() => world.Tools.PlanSetSecretsAsync("checkout", ["EVIL"], Token))).Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_name_that_climbs_out_of_its_place_is_not_sent()
    {
        using var world = World();

        await Assert.ThrowsAsync<ToolException>(() => world.Tools.StatusAsync("../../tokens", Token));

        Assert.DoesNotContain(world.Fake.Asked, asked => asked.Path.Contains("tokens", StringComparison.Ordinal) && asked.Path.StartsWith("/v1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fm2_abcdef", "FlyV1", "fm2_abcdef")]
    [InlineData("FlyV1 fm1r_abc,fm2_def", "FlyV1", "fm1r_abc,fm2_def")]
    [InlineData("Bearer old-token", "Bearer", "old-token")]
    public void A_token_goes_with_the_scheme_it_needs(string token, string scheme, string bare)
    {
        var header = FlyToken.Authorize(token);

        Assert.Equal((scheme, bare), (header.Scheme, header.Parameter));
    }

    [Fact]
    public async Task The_probe_says_what_the_token_covers()
    {
        using var world = World();

        Assert.Contains("Machines API v1 (token for shop)", (await world.Integration.ProbeAsync(Token)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Listing_the_tools_costs_little()
    {
        using var world = World();

        var tools = ToolFactory.From(world.Tools);

        Assert.Equal(10, tools.Count);
        Assert.All(tools.Where(tool => tool.ChangesProduction), tool => Assert.True(tool.Resumable));
        Assert.DoesNotContain(tools, tool => tool.Effect == ToolEffect.Destructive);
        Assert.InRange(tools.Sum(tool => (tool.Name.Length + tool.Description.Length + tool.InputSchema.GetRawText().Length + 40) / 4), 1, 1150);
    }

    private static FlyWorld World()
    {
        var fly = new FakeFly().With(3, "v1");
        fly.Release(1, "complete", "v1");
        return new FlyWorld(fly);
    }

    private static T Data<T>(ToolResult result) => Assert.IsType<T>(Assert.IsType<ToolResult.Found>(result).Data);
}
