using System.Collections.Concurrent;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>A process may die at any moment of a rollout; another goes on, nothing is lost, and nothing is done twice.</summary>
public sealed class KilledProcessTests
{
    [Fact]
    public async Task A_rollback_survives_a_kill_at_every_moment()
    {
        var moments = await MomentsAsync("v43", replica => replica.AskRollbackAsync(), _ => Task.CompletedTask);
        Assert.InRange(moments.Count, 60, 90);

        await AtEveryAsync(Enumerable.Range(0, moments.Count), moments, async at =>
        {
            await using var shop = await OpenAsync("v43");
            await using var survivor = Replica.Start(shop);
            var id = await KilledAsync(shop, replica => replica.AskRollbackAsync(), at);

            await GoOnAsync(survivor, id);

            await AssertRolledBackOnceAsync(shop, survivor, id);
        });
    }

    [Fact]
    public async Task So_does_the_process_that_goes_on()
    {
        var moments = await MomentsAsync("v43", replica => replica.AskRollbackAsync(), _ => Task.CompletedTask);
        await AtEveryAsync(Every(9, moments), moments, async at =>
        {
            await using var shop = await OpenAsync("v43");
            var id = await KilledAsync(shop, replica => replica.AskRollbackAsync(), at: 10);
            var second = Replica.Start(shop);
            second.Life.EndsAt = (moment, _) => moment == at;
            second.Life.Begin();
            await Task.WhenAny(Task.Run(second.RecoverAsync), second.Life.Died);
            await using var survivor = Replica.Start(shop);

            await GoOnAsync(survivor, id);

            await AssertRolledBackOnceAsync(shop, survivor, id);
        });
    }

    /// <summary>The second machine never gets well, so that the first is put back: also whatever puts it back may die.</summary>
    [Fact]
    public async Task Putting_back_survives_a_kill_at_every_moment()
    {
        var moments = await MomentsAsync("v43", replica => replica.AskRollbackAsync(), SickenAsync);
        var first = moments.ToList().FindIndex(moment => moment.Contains("'update machine", StringComparison.Ordinal));
        await AtEveryAsync(Enumerable.Range(first, moments.Count - first), moments, async at =>
        {
            await using var shop = await OpenAsync("v43");
            await SickenAsync(shop);
            await using var survivor = Replica.Start(shop);
            var id = await KilledAsync(shop, replica => replica.AskRollbackAsync(), at);

            await GoOnAsync(survivor, id);

            var done = await survivor.ShowAsync(id);
            Assert.True(done.State == ChangeRequestState.Failed, $"{done.State}: {done.Outcome}");
            Assert.Contains("Every machine that was touched is as before", done.Outcome, StringComparison.Ordinal);
            Assert.Equal(["v43", "v43"], await shop.ImagesAsync());
            Assert.Equal(
                (await shop.MachinesAsync()).SelectMany(machine => new[] { $"{machine.Id} v43→v42", $"{machine.Id} v42→v43" }).Order(StringComparer.Ordinal),
                shop.Updates(id).Order(StringComparer.Ordinal));
            shop.AssertRecordedOnce("failure");
        });

        static async Task SickenAsync(PracticeShop shop) => shop.Fly.Faults.NeverHealthy((await shop.MachinesAsync())[^1].Id);
    }

    /// <summary>Only the moments between the failure and the remedy's first step: the remedy itself is a rollback like any other.</summary>
    [Fact]
    public async Task A_remedy_approved_in_advance_runs_once_whenever_the_process_dies()
    {
        var moments = await MomentsAsync("v42", replica => replica.AskDeployAsync(rollBackOnFailure: true), _ => Task.CompletedTask);
        var first = moments.ToList().FindLastIndex(moment => moment.Contains("'add a request'", StringComparison.Ordinal)) - 1;
        var last = moments.ToList().FindLastIndex(moment => moment.Contains("'settle what goes out'", StringComparison.Ordinal));
        Assert.InRange(last - first, 12, 30);
        await AtEveryAsync(Enumerable.Range(first, last - first), moments, async at =>
        {
            await using var shop = await OpenAsync("v42");
            await using var survivor = Replica.Start(shop);
            var id = await KilledAsync(shop, replica => replica.AskDeployAsync(rollBackOnFailure: true), at);

            await GoOnAsync(survivor, id);
            await survivor.RecoverAsync();

            var (failed, remedy) = (await survivor.ShowAsync(id), await survivor.RemedyOfAsync(id));
            Assert.True(failed.State == ChangeRequestState.Failed, $"{failed.State}: {failed.Outcome}");
            Assert.True(remedy.State == ChangeRequestState.Succeeded, $"{remedy.State}: {remedy.Outcome}");
            Assert.Contains($"{remedy.Id} (fly_rollback) was approved together with this change", failed.Outcome, StringComparison.Ordinal);
            Assert.Equal(["v42", "v42"], await shop.ImagesAsync());
            Assert.All(await shop.MachinesAsync(), machine => Assert.Single(shop.Updates(id), $"{machine.Id} v42→v43"));
            Assert.All(await shop.MachinesAsync(), machine => Assert.Single(shop.Updates(remedy.Id), $"{machine.Id} v43→v42"));
            Assert.Equal(4, shop.Updates().Count);
        });
    }

    [Fact]
    public async Task Of_two_replicas_that_find_a_dead_change_one_goes_on()
    {
        await using var shop = await OpenAsync("v43");
        var id = await KilledAsync(shop, replica => replica.AskRollbackAsync(), at: 30);
        await using var one = Replica.Start(shop);
        await using var other = Replica.Start(shop);
        shop.Clock.Advance(TimeSpan.FromSeconds(35));

        var gone = await Task.WhenAll(Task.Run(() => one.RecoverAsync(waited: TimeSpan.Zero)), Task.Run(() => other.RecoverAsync(waited: TimeSpan.Zero)));

        Assert.Equal(1, gone.Sum());
        await AssertRolledBackOnceAsync(shop, one, id);
    }

    /// <summary>It was not dead, only slow: what it does from there on is refused, by the store and by Fly.</summary>
    [Fact]
    public async Task A_process_that_wakes_up_after_it_was_succeeded_touches_nothing_more()
    {
        await using var shop = await OpenAsync("v43");
        await using var slow = Replica.Start(shop);
        await using var survivor = Replica.Start(shop);
        var id = await slow.ApprovedAsync(slow.AskRollbackAsync());
        slow.Life.SleepsAt = moment => moment.StartsWith("before POST /v1/apps/checkout/machines/", StringComparison.Ordinal) && !moment.EndsWith("/lease", StringComparison.Ordinal);
        var sleeper = Task.Run(() => slow.ExecuteAsync(id));
        await slow.Life.FellAsleep;
        await survivor.RecoverAsync();

        slow.Life.WakeUp();

        var answer = Assert.IsType<ToolResult.Failed>(await sleeper);
        Assert.Contains("no longer this process's", answer.Explanation, StringComparison.Ordinal);
        await AssertRolledBackOnceAsync(shop, survivor, id);
    }

    private static async Task AssertRolledBackOnceAsync(PracticeShop shop, Replica survivor, ChangeRequestId id)
    {
        var done = await survivor.ShowAsync(id);
        Assert.True(done.State == ChangeRequestState.Succeeded, $"{done.State}: {done.Outcome}");
        Assert.Equal(["v42", "v42"], await shop.ImagesAsync());
        Assert.Equal((await shop.MachinesAsync()).Select(machine => $"{machine.Id} v43→v42").Order(StringComparer.Ordinal), shop.Updates().Order(StringComparer.Ordinal));
        shop.AssertRecordedOnce("success");
        Assert.Contains(AuditKind.Outcome, await survivor.AuditedAsync(id));
        Assert.Equal(0, await survivor.RecoverAsync());
    }

    /// <summary>What every process does that lives for a while; a request whose approval was never spent is executed by whoever asks again.</summary>
    private static async Task GoOnAsync(Replica survivor, ChangeRequestId id)
    {
        await survivor.RecoverAsync();
        if ((await survivor.ShowAsync(id)).State == ChangeRequestState.Approved)
        {
            await survivor.ExecuteAsync(id);
        }
    }

    private static Task<PracticeShop> OpenAsync(string running) => PracticeShop.OpenAsync(running, machines: 2, pace: 50);

    /// <summary>A change whose process died at a moment.</summary>
    private static async Task<ChangeRequestId> KilledAsync(PracticeShop shop, Func<Replica, Task<ChangeRequestId>> ask, int at)
    {
        var doomed = Replica.Start(shop);
        var id = await doomed.ApprovedAsync(ask(doomed));
        doomed.Life.EndsAt = (moment, _) => moment == at;
        await doomed.DieExecutingAsync(id);
        return id;
    }

    /// <summary>Every moment of a change that nobody disturbs.</summary>
    private static async Task<IReadOnlyList<string>> MomentsAsync(string running, Func<Replica, Task<ChangeRequestId>> ask, Func<PracticeShop, Task> prepare)
    {
        await using var shop = await OpenAsync(running);
        await prepare(shop);
        await using var replica = Replica.Start(shop);
        await replica.ExecuteAsync(await replica.ApprovedAsync(ask(replica)));
        return replica.Life.Moments;
    }

    private static IEnumerable<int> Every(int stride, IReadOnlyList<string> moments) => Enumerable.Range(0, moments.Count).Where(at => at % stride == 0);

    /// <summary>Several at a time, since most of each is waiting; all failures together, each with its moment.</summary>
    private static async Task AtEveryAsync(IEnumerable<int> numbers, IReadOnlyList<string> moments, Func<int, Task> dieAsync)
    {
        var failures = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(numbers, options, async (at, _) =>
        {
            try
            {
                await dieAsync(at);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add($"Killed {at}, {moments[at]}: {exception.Message}");
            }
        });
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Order(StringComparer.Ordinal)));
    }
}
