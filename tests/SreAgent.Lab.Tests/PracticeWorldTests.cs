using System.Net;
using System.Text.Json;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab.Tests;

public class PracticeWorldTests
{
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_something_true_to_ask_about_within_seconds()
    {
        await using var world = await StartAsync();

        Assert.Equal("1", await EventuallyAsync(world.Prometheus, "up{job=\"prometheus\"}"));
        Assert.Equal("1", await EventuallyAsync(world.Prometheus, "ALERTS{alertname=\"Watchdog\",alertstate=\"firing\"}"));
        Assert.NotNull(await EventuallyAsync(world.Prometheus, "count(handler:prometheus_http_requests:rate1m)"));
    }

    [Fact]
    public async Task Its_alerts_reach_its_Alertmanager()
    {
        await using var world = await StartAsync();
        Assert.SkipWhen(world.Alertmanager is null, world.WithoutAlertmanagerBecause ?? "");

        while (!(await GetAsync(new Uri(world.Alertmanager, "api/v2/alerts"))).Contains("Watchdog", StringComparison.Ordinal))
        {
            await Task.Delay(50, Token);
        }
    }

    [Fact]
    public async Task Nothing_is_left_after_it_ends()
    {
        var world = await StartAsync();
        var address = world.Prometheus;

        await world.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(new Uri(address, "-/ready")));
    }

    private static async Task<PracticeWorld> StartAsync()
    {
        try
        {
            return await PracticeWorld.StartAsync(new Progress<string>(), Token);
        }
        catch (ServerUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static async Task<string?> EventuallyAsync(Uri prometheus, string query)
    {
        while (true)
        {
            var answer = JsonElement.Parse(await GetAsync(new Uri(prometheus, $"api/v1/query?query={Uri.EscapeDataString(query)}")));
            var result = answer.GetProperty("data").GetProperty("result");
            if (result.GetArrayLength() > 0)
            {
                return result[0].GetProperty("value")[1].GetString();
            }

            await Task.Delay(50, Token);
        }
    }

    private static async Task<string> GetAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
