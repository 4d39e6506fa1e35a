using SreAgent.Core.Policy;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Core.Tests.ServiceLevels;

public class ErrorBudgetTests
{
    private static readonly Slo ThreeNines = new("checkout", "availability", 0.999, "good[$window]", "all[$window]", TimeSpan.FromDays(30));

    [Theory]
    [InlineData(30, 14.4, 6)]
    [InlineData(28, 13.44, 5.6)]
    [InlineData(7, 3.36, 1.4)]
    public void Factors_follow_from_share_and_window(int days, double first, double second)
    {
        var factors = BurnRateWindow.Paging.Select(window => window.FactorFor(TimeSpan.FromDays(days))).ToArray();
        Assert.Equal(first, factors[0], 10);
        Assert.Equal(second, factors[1], 10);
    }

    [Fact]
    public void At_14_4_a_budget_of_30_days_lasts_50_hours() =>
        Assert.Equal(TimeSpan.FromHours(50), ErrorBudget.Lasts(14.4, TimeSpan.FromDays(30)));

    [Fact]
    public void Nothing_burnt_lasts_for_ever() => Assert.Equal(TimeSpan.MaxValue, ErrorBudget.Lasts(0, TimeSpan.FromDays(30)));

    [Theory]
    [InlineData(0.0002, 0.0002, 0.0002, ErrorBudgetState.Healthy)]
    [InlineData(0.0002, 0.0200, 0.0200, ErrorBudgetState.Burning)]
    [InlineData(0.0002, 0.0200, 0.0001, ErrorBudgetState.Healthy)]
    [InlineData(0.0002, 0.0143, 0.0200, ErrorBudgetState.Healthy)]
    [InlineData(0.0010, 0.0002, 0.0002, ErrorBudgetState.Spent)]
    [InlineData(0.0020, 0.0200, 0.0200, ErrorBudgetState.Spent)]
    public void It_burns_only_when_both_windows_say_so(double whole, double hour, double minutes, ErrorBudgetState state) =>
        Assert.Equal(state, Judge(whole, hour, minutes).State);

    [Fact]
    public void A_reading_says_its_figures()
    {
        var reading = Judge(0.0004, 0.02, 0.03);
        Assert.Equal(0.6, reading.Remaining, 10);
        Assert.Equal(20, reading.BurnRate, 10);
        Assert.Equal(
            "availability: 60% is left of the budget of 30d (400 of 1000000 events were bad, 0.1% may be); burning at 20× over 1h, which pages from 14.4× on; at this rate an untouched budget lasts 36 h.",
            reading.Detail);
    }

    [Fact]
    public void Without_events_it_is_unknown_and_says_so()
    {
        var reading = ErrorBudget.Judge(ThreeNines, null, []);
        Assert.Equal(ErrorBudgetState.Unknown, reading.State);
        Assert.Contains("no event was measured", reading.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_too_short_for_the_windows_is_judged_by_what_is_left()
    {
        var hour = ThreeNines with { Window = TimeSpan.FromHours(1) };
        var reading = ErrorBudget.Judge(hour, Sample(0.0005), [new BurnMeasurement(BurnRateWindow.Paging[0], Sample(0.0005), Sample(0.0005))]);
        Assert.Equal(ErrorBudgetState.Healthy, reading.State);
        Assert.Equal(0.5, reading.BurnRate, 10);
        Assert.Equal(1, ErrorBudget.PagingBurnRate(hour.Window));
    }

    [Fact]
    public void The_worst_counts_and_unknown_is_never_healthy()
    {
        Assert.Equal(ErrorBudgetState.Unknown, ErrorBudget.Worst([]));
        Assert.Equal(ErrorBudgetState.Unknown, ErrorBudget.Worst([ErrorBudgetState.Healthy, ErrorBudgetState.Unknown]));
        Assert.Equal(ErrorBudgetState.Burning, ErrorBudget.Worst([ErrorBudgetState.Unknown, ErrorBudgetState.Burning]));
        Assert.Equal(ErrorBudgetState.Spent, ErrorBudget.Worst([ErrorBudgetState.Burning, ErrorBudgetState.Spent, ErrorBudgetState.Unknown]));
    }

    private static BudgetReading Judge(double whole, double hour, double minutes) =>
        ErrorBudget.Judge(ThreeNines, Sample(whole), [new BurnMeasurement(BurnRateWindow.Paging[0], Sample(hour), Sample(minutes)), new BurnMeasurement(BurnRateWindow.Paging[1], Sample(whole), Sample(whole))]);

    private static SliSample Sample(double errorRatio) => new(1_000_000 * (1 - errorRatio), 1_000_000);
}
