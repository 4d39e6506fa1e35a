using SreAgent.Integrations.Fly.Api;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>Fly's limits: one a second for each action on each machine or application, three at once; five and ten for reading one machine.</summary>
public class RequestPaceTests
{
    private const string Machine = "/v1/apps/checkout/machines/m1";

    private readonly StoppedClock _clock = StoppedClock.AtNoon();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Three_at_once_go_and_then_one_a_second()
    {
        var pace = new RequestPace(_clock);

        var turns = Enumerable.Range(0, 6).Select(_ => Take(pace, HttpMethod.Post, Machine)).ToArray();

        Assert.Equal([true, true, true, false, false, false], turns);
        Assert.Equal([1, 2, 3], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void One_machine_may_be_read_ten_times_at_once_and_then_five_times_a_second()
    {
        var pace = new RequestPace(_clock);

        var turns = Enumerable.Range(0, 12).Count(_ => Take(pace, HttpMethod.Get, Machine));

        Assert.Equal(10, turns);
        Assert.Equal([0.2, 0.4], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("/v1/apps/checkout/machines")]
    [InlineData("/v1/apps/checkout/machines/m1/wait")]
    [InlineData("/v1/apps/checkout/machines/m1/lease")]
    public void Only_reading_one_machine_is_allowed_more(string path)
    {
        var pace = new RequestPace(_clock);

        Assert.Equal(3, Enumerable.Range(0, 4).Count(_ => Take(pace, HttpMethod.Get, path)));
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_nobody_wait_until_it_has_caught_up()
    {
        var pace = new RequestPace(_clock);
        Assert.Equal(3, Enumerable.Range(0, 4).Count(_ => Take(pace, HttpMethod.Post, Machine)));

        _clock.Advance(TimeSpan.FromMinutes(-39));
        Take(pace, HttpMethod.Post, Machine);

        Assert.Equal([1, 2], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Machines_and_actions_do_not_hold_one_another_up()
    {
        var pace = new RequestPace(_clock);
        for (var i = 0; i < 3; i++)
        {
            Take(pace, HttpMethod.Post, Machine);
        }

        Assert.True(Take(pace, HttpMethod.Post, "/v1/apps/checkout/machines/m2"));
        Assert.True(Take(pace, HttpMethod.Delete, Machine));
        Assert.True(Take(pace, HttpMethod.Post, Machine + "/restart"));
        Assert.False(Take(pace, HttpMethod.Post, Machine));
    }

    [Fact]
    public void Whoever_keeps_the_rate_never_waits_and_who_was_quiet_has_his_burst_again()
    {
        var pace = new RequestPace(_clock);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(Take(pace, HttpMethod.Post, Machine));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, Enumerable.Range(0, 4).Count(_ => Take(pace, HttpMethod.Post, Machine)));
    }

    [Fact]
    public void In_any_second_no_more_start_than_the_limit_allows_with_its_burst()
    {
        var pace = new RequestPace(_clock);
        var starts = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var before = _clock.Waits.Count;
            var now = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
            starts.Add(Take(pace, HttpMethod.Post, Machine) ? now : now + _clock.Waits[before].TotalSeconds);
            _clock.Advance(TimeSpan.FromMilliseconds((i * 37) % 500));
        }

        Assert.All(starts, start => Assert.InRange(starts.Count(other => other >= start && other < start + 0.999), 1, 3));
    }

    [Fact]
    public async Task Of_many_at_once_each_gets_a_turn_of_its_own()
    {
        var pace = new RequestPace(_clock);

        var turns = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Take(pace, HttpMethod.Post, Machine), Token)));

        Assert.Equal(3, turns.Count(atOnce => atOnce));
        Assert.Equal(Enumerable.Range(1, 47).Select(second => (double)second), _clock.Waits.Select(wait => wait.TotalSeconds).Order());
    }

    [Fact]
    public void What_has_been_quiet_for_a_minute_is_forgotten()
    {
        var pace = new RequestPace(_clock);
        for (var i = 0; i < 500; i++)
        {
            Take(pace, HttpMethod.Post, $"/v1/apps/checkout/machines/m{i}");
        }

        _clock.Advance(TimeSpan.FromSeconds(30));
        Take(pace, HttpMethod.Get, Machine);
        Assert.Equal(501, pace.Remembered);
        _clock.Advance(TimeSpan.FromSeconds(32));
        Take(pace, HttpMethod.Get, Machine);

        Assert.Equal(1, pace.Remembered);
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_stops_waiting_at_once()
    {
        var pace = new RequestPace(_clock);
        for (var i = 0; i < 3; i++)
        {
            Take(pace, HttpMethod.Post, Machine);
        }

        using var cancelled = new CancellationTokenSource();
        var waiting = pace.TakeTurnAsync(HttpMethod.Post, Machine, cancelled.Token);
        Assert.False(waiting.IsCompleted);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Nothing_is_sent_before_its_turn()
    {
        var sent = 0;
        using var handler = new PacedHandler(new RequestPace(_clock)) { InnerHandler = new Counting(() => sent++) };
        using var client = new HttpMessageInvoker(handler);
        using var cancelled = new CancellationTokenSource();

        var asked = Enumerable.Range(0, 5).Select(_ => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"https://fly.test{Machine}"), cancelled.Token)).ToArray();

        Assert.Equal(3, sent);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(asked));
        Assert.Equal(3, sent);
    }

    /// <returns>Whether it may go at once.</returns>
    private static bool Take(RequestPace pace, HttpMethod method, string path) => pace.TakeTurnAsync(method, path, Token).IsCompleted;

    private sealed class Counting(Action sent) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            sent();
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
