namespace SreAgent.Lab.Tests;

public class PracticeWorldTests(RunningWorld running) : IClassFixture<RunningWorld>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_something_true_to_ask_about_within_seconds()
    {
        Assert.Equal(1, await running.UntilAsync("up{job=\"prometheus\"}", _ => true));
        Assert.Equal(1, await running.UntilAsync("ALERTS{alertname=\"Watchdog\",alertstate=\"firing\"}", _ => true));
        Assert.True(await running.UntilAsync("count(handler:prometheus_http_requests:rate1m)", _ => true) > 0);
    }

    [Fact]
    public async Task Every_machine_is_scraped_under_its_own_name()
    {
        Assert.Equal(9, await running.UntilAsync("count(up{job=\"fleet\"} == 1)", count => count >= 9));
        Assert.Equal(4, await running.UntilAsync("count(count by (service) (up{job=\"fleet\",machine!=\"\",region=~\"ams|fra\",app!=\"\"}))", _ => true));
        Assert.Empty(await running.QueryAsync("{exported_service!=\"\"}"));
        Assert.Equal(9, await running.UntilAsync("count(app_build_info{version!=\"\",commit!=\"\",image=~\".+@sha256:.+\"})", count => count >= 9));
    }

    [Fact]
    public async Task Errors_rise_with_a_bad_image_and_fall_with_the_good_one()
    {
        const string Share = "service:http_errors:ratio_rate15s{service=\"checkout\"}";
        await running.UntilAsync(Share, share => share < 0.05);

        await running.DeployAsync("checkout", "v43");
        await running.UntilAsync(Share, share => share > 0.08);
        Assert.True(await running.UntilAsync("sum(http_requests_total{service=\"checkout\",version=\"v43\",code=\"500\"})", count => count > 0) > 0);

        await running.DeployAsync("checkout", "v42");
        await running.UntilAsync(Share, share => share < 0.05);
    }

    [Fact]
    public async Task Its_alerts_reach_its_Alertmanager()
    {
        Assert.SkipWhen(running.World.Alertmanager is null, running.World.WithoutAlertmanagerBecause ?? "");

        while (!(await RunningWorld.GetAsync(new Uri(running.World.Alertmanager, "api/v2/alerts"))).Contains("Watchdog", StringComparison.Ordinal))
        {
            await Task.Delay(50, Token);
        }
    }

    [Fact]
    public async Task Its_rules_are_sound_and_all_evaluate()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, FleetRules.Text, Token);
        await Promtool.AcceptsAsync("", "check", "rules", "--lint-fatal", file);
        File.Delete(file);
        Assert.DoesNotContain("\"health\":\"err\"", await RunningWorld.GetAsync(new Uri(running.Prometheus, "api/v1/rules")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Prometheus_it_runs_without_metrics_and_says_why_and_nothing_is_left()
    {
        var world = await PracticeWorld.StartAsync(new PracticeOptions { Metrics = false }, new Progress<string>(), Token);
        var (door, control) = (world.FrontDoor, world.Control);
        await using (world)
        {
            Assert.Null(world.Prometheus);
            Assert.NotNull(world.WithoutPrometheusBecause);
            Assert.DoesNotContain(world.Endpoints, endpoint => endpoint.Name == "prometheus");
            Assert.Contains("\"status\":\"ok\"", await RunningWorld.GetAsync(new Uri(door, "checkout/healthz")), StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => RunningWorld.GetAsync(new Uri(door, "checkout/healthz")));
        await Assert.ThrowsAsync<HttpRequestException>(() => RunningWorld.GetAsync(new Uri(control, "status")));
    }

    [Fact]
    public async Task Prometheus_ends_with_the_world()
    {
        var world = await PracticeWorld.StartAsync(new PracticeOptions(), new Progress<string>(), Token);
        Assert.SkipWhen(world.Prometheus is null, world.WithoutPrometheusBecause ?? "");
        var prometheus = world.Prometheus;

        await world.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => RunningWorld.GetAsync(new Uri(prometheus, "-/ready")));
    }
}
