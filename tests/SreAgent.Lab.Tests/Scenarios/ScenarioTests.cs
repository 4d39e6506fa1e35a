using SreAgent.Lab.Control;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab.Tests.Scenarios;

/// <summary>Every scenario makes its trouble, for those it says, and its remedy ends it.</summary>
public class ScenarioTests
{
    private const double Fast = 0.1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bad-deploy", "checkout", "v42")]
    [InlineData("dependency-slow", "payments", "v17")]
    [InlineData("noisy-neighbour", "inventory", "v30")]
    public async Task A_bad_release_hurts_checkout_until_it_is_rolled_back(string scenario, string cause, string good)
    {
        await using var world = await StartAsync(scenario);
        Assert.Equal(cause, world.Scenario.Answer.Service);

        await UntilAsync(world, status => !Of(status, "checkout").Healthy && !Of(status, cause).Image.EndsWith(good, StringComparison.Ordinal));
        foreach (var machine in world.Fleet.Machines.Where(machine => machine.Machine.App == cause))
        {
            await world.Fleet.RunAsync(machine.Machine with { Image = good }, Token);
        }

        await UntilAsync(world, status => Of(status, "checkout").Healthy && Of(status, cause).Healthy);
    }

    [Fact]
    public async Task A_saturated_service_recovers_when_it_is_given_machines()
    {
        await using var world = await StartAsync("saturation");

        await UntilAsync(world, status => !Of(status, "inventory").Healthy);
        Assert.Contains(world.Fleet.Logs("inventory"), line => line.Text.Contains("worker pool exhausted", StringComparison.Ordinal));
        foreach (var id in new[] { "added1", "added2" })
        {
            await world.Fleet.RunAsync(new LabMachine(id, "inventory", "ams", "v30", new Dictionary<string, string>(StringComparer.Ordinal)), Token);
        }

        await UntilAsync(world, status => Of(status, "inventory").Healthy && Of(status, "checkout").Healthy);
    }

    [Fact]
    public async Task The_noisy_neighbour_is_louder_than_the_culprit_and_is_called_by_nobody()
    {
        await using var world = await StartAsync("noisy-neighbour");

        await UntilAsync(world, status => !Of(status, "inventory").Healthy && !Of(status, "recommendations").Healthy);

        Assert.True(world.Fleet.Logs("recommendations").Count > world.Fleet.Logs("inventory").Count);
        Assert.DoesNotContain(world.Fleet.Logs("checkout"), line => line.Text.Contains("recommendations", StringComparison.Ordinal));
    }

    private static LabService Of(LabStatus status, string name) => status.Services.Single(service => service.Name == name);

    private static async Task<PracticeWorld> StartAsync(string scenario) => await PracticeWorld.StartAsync(
        new PracticeOptions { Scenario = ScenarioCatalogue.Find(scenario)!, Pace = Fast, Metrics = false }, new Progress<string>(), Token); // The catalogue has it.

    private static async Task UntilAsync(PracticeWorld world, Func<LabStatus, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        LabStatus status;
        while (!condition(status = await world.StatusAsync(Token)))
        {
            Assert.False(deadline.IsCancellationRequested, string.Join("; ", status.Services));
            await Task.Delay(100, Token);
        }
    }
}
