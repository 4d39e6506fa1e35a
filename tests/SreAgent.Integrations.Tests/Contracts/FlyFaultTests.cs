using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Tests.Fly;
using SreAgent.Testing;
using SreAgent.Testing.Fly;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What Fly refuses, as our client sees it: the status a caller decides by, the sentence a person reads, and no order sent twice.</summary>
public class FlyFaultTests
{
    private const string App = SimulatedFly.App;

    private static readonly string[] All = [.. FlyDescription.Deviations.Select(known => known.Pattern)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_there_says_that_the_token_may_not_see_it()
    {
        await using var fly = await SimulatedFly.StartAsync(All);

        var fault = await Assert.ThrowsAsync<ToolException>(() => fly.Api.MachinesAsync("nobody", Token));

        Assert.Contains("(404)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("It does not exist, or the token may not see it", fault.Message, StringComparison.Ordinal);
        Assert.Contains("fly-request-id", fault.Message, StringComparison.Ordinal);
        fly.AssertFaithful();
    }

    [Fact]
    public async Task A_lease_of_somebody_else_is_a_conflict_and_not_waited_for()
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];
        fly.Simulator.HoldLease(App, machine.Id, TimeSpan.FromMinutes(1), "bob@lab.example");

        var lease = await fly.Api.LeaseAsync(App, machine.Id, new FlyLeaseRequest(10, "us"), nonce: null, Token);
        var update = await fly.Api.UpdateAsync(App, machine.Id, SimulatedFly.Update(machine, "v43"), nonce: null, Token);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (lease.Refusal?.Status, update.Refusal?.Status));
        Assert.False(update.Refusal!.LeavesDoubt);
        fly.AssertFaithful();
    }

    [Fact]
    public async Task An_update_of_what_has_changed_since_is_refused_and_changes_nothing()
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];
        var stale = SimulatedFly.Update(machine, "v43");
        var between = (await fly.Api.UpdateAsync(App, machine.Id, SimulatedFly.Update(machine, "v41"), nonce: null, Token)).OrThrow();

        var update = await fly.Api.UpdateAsync(App, machine.Id, stale, nonce: null, Token);

        Assert.True(update.Refusal?.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed, $"{update.Refusal?.Status}");
        Assert.Equal(between.InstanceId, (await fly.Api.MachineAsync(App, machine.Id, Token)).InstanceId);
        fly.AssertFaithful();
    }

    [Theory]
    [InlineData(409, false)]
    [InlineData(412, false)]
    [InlineData(422, false)]
    [InlineData(500, true)]
    public async Task A_refused_update_is_sent_once_and_says_whether_it_leaves_doubt(int status, bool doubt)
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];
        fly.Simulator.Faults.FailUpdates(1, status);

        var update = await fly.Api.UpdateAsync(App, machine.Id, SimulatedFly.Update(machine, "v43"), nonce: null, Token);

        Assert.Equal((status, doubt), ((int)update.Refusal!.Status, update.Refusal.LeavesDoubt));
        Assert.Single(fly.Machines.Exchanges, exchange => exchange.Method == "POST");
        fly.AssertFaithful();
    }

    [Fact]
    public async Task An_update_that_came_too_soon_is_sent_again_since_nothing_was_done()
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];
        fly.Simulator.Faults.FailUpdates(1, 429);

        var update = await fly.Api.UpdateAsync(App, machine.Id, SimulatedFly.Update(machine, "v43"), nonce: null, Token);

        Assert.Equal("v43", update.OrThrow().ImageRef?.Tag);
        Assert.Equal([429, 200], fly.Machines.Exchanges.Where(exchange => exchange.Method == "POST").Select(exchange => exchange.Status));
        fly.AssertFaithful();
    }

    [Fact]
    public async Task A_machine_on_a_host_that_cannot_be_reached_shows_no_configuration_to_send_back()
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];
        fly.Simulator.Faults.Unreachable(machine.Id);

        var seen = await fly.Api.MachineAsync(App, machine.Id, Token);
        var update = await fly.Api.UpdateAsync(App, machine.Id, SimulatedFly.Update(machine, "v43"), nonce: null, Token);

        Assert.Equal("unreachable", seen.HostStatus);
        Assert.Null(seen.Config);
        Assert.NotNull(seen.IncompleteConfig);
        Assert.NotNull(update.Refusal);
        fly.AssertFaithful();
    }

    [Fact]
    public async Task Waiting_for_what_does_not_happen_is_an_answer()
    {
        await using var fly = await SimulatedFly.StartAsync(All);
        var machine = (await fly.AllMachinesAsync())[0];

        var wait = await fly.Api.WaitAsync(App, machine.Id, machine.InstanceId!, "stopped", TimeSpan.FromSeconds(1), Token);

        Assert.Equal(HttpStatusCode.RequestTimeout, wait.Refusal?.Status);
        fly.AssertFaithful();
    }

    [Fact]
    public async Task A_rolling_restart_keeps_within_Fly_s_own_limits()
    {
        await using var fly = await SimulatedFly.StartAsync(All, limits: true);

        Assert.IsType<ToolResult.Found>(await fly.Tools.RestartAsync("checkout", new InMemoryChangeSteps().Execution(), new SynchronousProgress(), cancellationToken: Token));

        Assert.DoesNotContain(fly.Machines.Exchanges, exchange => exchange.Status == 429);
        fly.AssertFaithful();
    }
}
