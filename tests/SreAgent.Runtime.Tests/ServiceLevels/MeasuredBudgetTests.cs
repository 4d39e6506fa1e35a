using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Policy;
using SreAgent.Core.ServiceLevels;
using SreAgent.Testing.Rollouts;

namespace SreAgent.Runtime.Tests.ServiceLevels;

public sealed class MeasuredBudgetTests : IDisposable
{
    private readonly RolloutWorld _world = new();

    private IErrorBudgetSource Budget => _world.Services.GetRequiredService<IErrorBudgetSource>();

    [Theory]
    [InlineData(0.0002, ErrorBudgetState.Healthy)]
    [InlineData(0.3, ErrorBudgetState.Spent)]
    public async Task Policy_is_told_what_was_measured(double ratio, ErrorBudgetState state)
    {
        _world.Metrics!.ErrorRatio = _ => ratio;
        Assert.Equal(state, await Budget.StateOfAsync("checkout", CancellationToken.None));
    }

    [Fact]
    public async Task A_burst_that_pages_is_burning()
    {
        _world.Metrics!.ErrorRatio = at => at > _world.Clock.GetUtcNow().AddHours(-2) ? 0.05 : 0.0001;
        Assert.Equal(ErrorBudgetState.Burning, await Budget.StateOfAsync("checkout", CancellationToken.None));
    }

    [Fact]
    public async Task It_never_fails_and_what_is_unknown_is_not_healthy()
    {
        _world.Metrics!.Down = "down";
        Assert.Equal(ErrorBudgetState.Unknown, await Budget.StateOfAsync("checkout", CancellationToken.None));
        Assert.Equal(ErrorBudgetState.Unknown, await Budget.StateOfAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_one_measurement_and_it_is_kept_for_ten_seconds()
    {
        var budget = Budget;
        _world.Metrics!.Latency = TimeSpan.FromMilliseconds(50);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => budget.StateOfAsync("checkout", CancellationToken.None)));

        // Five windows of good and of all events.
        Assert.Equal(10, _world.Metrics.Asked);
        _world.Clock.Advance(TimeSpan.FromSeconds(9));
        await budget.StateOfAsync("checkout", CancellationToken.None);
        Assert.Equal(10, _world.Metrics.Asked);
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        await budget.StateOfAsync("checkout", CancellationToken.None);
        Assert.Equal(20, _world.Metrics.Asked);
    }

    [Fact]
    public async Task Without_a_metric_source_it_says_why_it_knows_nothing()
    {
        _world.Metrics = null;
        var levels = _world.Services.GetRequiredService<IServiceLevels>();
        var reading = await levels.BudgetAsync(levels.Of("checkout")[0], _world.Clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(ErrorBudgetState.Unknown, reading.State);
        Assert.Contains("No metric source is configured", reading.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();
}
