using System.Net.Http.Headers;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class DescriptionTests
{
    /// <summary>All other tests hold their exchanges against the description as well; this one keeps the table of exceptions short.</summary>
    [Fact]
    public async Task Every_deviation_from_the_description_is_still_needed()
    {
        await using var fly = await FlyPractice.StartAsync(seed => seed with { LimitsRequests = true });
        var ids = await fly.MachinesAsync();
        var machine = $"v1/apps/checkout/machines/{ids[0]}";

        await fly.GetAsync("v1/apps");
        await fly.GetAsync("v1/apps/nobody");
        await fly.GetAsync("v1/apps/checkout/machines?metadata.owner=shop");
        await fly.SendAsync(HttpMethod.Get, "v1/apps/checkout", change: request => request.Headers.Authorization = new AuthenticationHeaderValue("None"));
        await fly.GetAsync($"{machine}/wait?state=stopped&timeout=1");
        var nonce = (string)(await fly.PostAsync($"{machine}/lease?ttl=13")).Body["data"]!["nonce"]!;
        await fly.GetAsync($"{machine}/lease");
        await fly.UpdateAsync(ids[0], FlyPractice.Reference("v43"));
        await fly.SendAsync(HttpMethod.Delete, $"{machine}/lease", nonce: nonce);
        await fly.SendAsync(HttpMethod.Delete, machine);
        await fly.SendAsync(HttpMethod.Delete, $"{machine}?kill=true");
        fly.Simulator.Faults.FailUpdates(1, 422);
        await fly.UpdateAsync(ids[1], FlyPractice.Reference("v43"));
        fly.Simulator.Faults.FailUpdates(1, 500);
        await fly.UpdateAsync(ids[1], FlyPractice.Reference("v43"));
        fly.Simulator.Faults.Unreachable(ids[1]);
        for (var i = 0; i < 4; i++)
        {
            await fly.PostAsync($"v1/apps/checkout/machines/{ids[1]}/cordon", null);
        }

        Assert.Equal([], fly.Exchanges.UnusedDeviations.Select(unused => unused.Pattern));
    }
}
