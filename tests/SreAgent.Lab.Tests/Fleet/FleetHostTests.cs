using System.Net;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Tests.Fleet;

public sealed class FleetHostTests : IAsyncDisposable
{
    private readonly FleetDriver _fleet = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public async Task A_machine_keeps_its_port_over_image_changes_and_stops()
    {
        var address = await _fleet.RunAsync("payments", "v17");

        await _fleet.Host.StopAsync("one", Token);
        Assert.Empty(_fleet.Host.Machines);
        await Assert.ThrowsAsync<HttpRequestException>(() => _fleet.SendAsync(HttpMethod.Get, address, "healthz"));
        Assert.False((await _fleet.Host.CheckAsync("one", Token)).IsPassing);

        Assert.Equal(address, await _fleet.RunAsync("payments", "v18"));
        Assert.Contains("\"version\":\"v18\"", (await _fleet.Host.CheckAsync("one", Token)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_image_is_a_new_process_whose_counters_begin_at_zero()
    {
        var address = await _fleet.RunAsync("payments", "v16");
        await _fleet.SendAsync(HttpMethod.Post, address, "charges");
        Assert.Equal(1, FleetDriver.Sum(await _fleet.MetricsAsync(address), "http_requests_total"));

        await _fleet.RunAsync("payments", "v17");

        var metrics = await _fleet.MetricsAsync(address);
        Assert.Equal(0, FleetDriver.Sum(metrics, "http_requests_total"));
        Assert.Contains("version=\"v17\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("version=\"v16\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_does_not_start_leaves_its_last_words()
    {
        await _fleet.RunAsync("checkout", "v44");

        Assert.False((await _fleet.Host.CheckAsync("one", Token)).IsPassing);
        Assert.Contains(_fleet.Host.Logs("checkout"), line => line is { Level: "error", MachineId: "one", Region: "ams" } && line.Text.Contains("TAX_SERVICE_URL", StringComparison.Ordinal));
        Assert.False(Assert.Single(await _fleet.Host.ServicesAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task An_image_the_registry_does_not_have_is_refused_and_the_old_one_stays()
    {
        var address = await _fleet.RunAsync("checkout", "v42");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _fleet.RunAsync("checkout", "v999"));

        Assert.Contains("v42", (await _fleet.SendAsync(HttpMethod.Get, address, "healthz")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkout_calls_inventory_and_payments_over_real_http()
    {
        var checkout = await _fleet.RunAsync("checkout", "v42", "c");
        var inventory = await _fleet.RunAsync("inventory", "v30", "i");
        var payments = await _fleet.RunAsync("payments", "v17", "p");

        Assert.Equal(HttpStatusCode.Created, (await _fleet.SendAsync(HttpMethod.Post, checkout, "checkout")).Status);

        Assert.Equal(1, FleetDriver.Sum(await _fleet.MetricsAsync(inventory), "http_requests_total{service=\"inventory\",route=\"/reservations\",method=\"POST\",code=\"201\""));
        Assert.Equal(1, FleetDriver.Sum(await _fleet.MetricsAsync(payments), "http_requests_total{service=\"payments\",route=\"/charges\",method=\"POST\",code=\"201\""));
        Assert.Equal(2, FleetDriver.Sum(await _fleet.MetricsAsync(checkout), "http_client_requests_total"));
    }

    [Fact]
    public async Task Without_payments_checkout_fails_and_its_log_says_why()
    {
        var checkout = await _fleet.RunAsync("checkout", "v42", "c");
        await _fleet.RunAsync("inventory", "v30", "i");

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await _fleet.SendAsync(HttpMethod.Post, checkout, "checkout")).Status);
        Assert.Contains(_fleet.Host.Logs("checkout"), line => line.Level == "error" && line.Text.Contains("payments failed: no machine of it is started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_worker_pool_queues_and_then_refuses()
    {
        var address = await _fleet.RunAsync("inventory", "v30", "one", ("WORKER_POOL_SIZE", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _fleet.SendAsync(HttpMethod.Post, address, "reservations")));

        Assert.Equal(17, answers.Count(answer => answer.Status is HttpStatusCode.Created or HttpStatusCode.InternalServerError));
        Assert.Equal(13, answers.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable));
        var metrics = await _fleet.MetricsAsync(address);
        Assert.Equal(1, FleetDriver.Sum(metrics, "worker_pool_size"));
        Assert.Equal(0, FleetDriver.Sum(metrics, "worker_pool_busy"));
        Assert.Equal(0, FleetDriver.Sum(metrics, "worker_pool_queue_depth"));
    }

    [Fact]
    public async Task The_front_door_goes_round_the_started_machines()
    {
        await using var door = await FrontDoor.OpenAsync(_fleet.Host, Token);
        var first = await _fleet.RunAsync("checkout", "v42", "first");
        var second = await _fleet.RunAsync("checkout", "v42", "second");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _fleet.SendAsync(HttpMethod.Get, door.Address, "checkout/cart/7")).Status);
        }

        Assert.Equal(2, FleetDriver.Sum(await _fleet.MetricsAsync(first), "http_requests_total"));
        Assert.Equal(2, FleetDriver.Sum(await _fleet.MetricsAsync(second), "http_requests_total"));
        await _fleet.Host.StopAsync("first", Token);
        await _fleet.Host.StopAsync("second", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _fleet.SendAsync(HttpMethod.Get, door.Address, "checkout/cart/7")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _fleet.SendAsync(HttpMethod.Get, door.Address, "nothing/at/all")).Status);
        Assert.Contains("edge_http_requests_total{app=\"checkout\",code=\"503\"} 1", await _fleet.MetricsAsync(door.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_machine_exposes_is_what_Prometheus_reads()
    {
        var address = await _fleet.RunAsync("checkout", "v42");
        await _fleet.SendAsync(HttpMethod.Get, address, "cart/7");
        await _fleet.SendAsync(HttpMethod.Get, address, "no/such/\"route");

        await Promtool.AcceptsAsync(await _fleet.MetricsAsync(address), "check", "metrics");
    }

    [Fact]
    public async Task Many_may_run_the_same_new_machine_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _fleet.RunAsync("checkout", "v42")));

        Assert.True((await _fleet.Host.CheckAsync(Assert.Single(_fleet.Host.Machines).Machine.Id, Token)).IsPassing);
    }
}
