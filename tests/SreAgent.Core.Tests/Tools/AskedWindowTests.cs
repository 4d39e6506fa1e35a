using SreAgent.Core.Tools;

namespace SreAgent.Core.Tests.Tools;

public class AskedWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, 24, 0, "Window not given: the last day.")]
    [InlineData(null, "now-1h", 25, 1, "Start not given: a day before the end.")]
    [InlineData("now-3h", null, 3, 0, "End not given: now.")]
    [InlineData("2026-11-20T10:00:00Z", "now-1h", 2, 1, null)]
    public void What_was_not_given_is_assumed_and_said(string? from, string? to, int hoursBack, int hoursBackTo, string? note)
    {
        var (range, notes) = AskedWindow.LastDay.Read(from, to, Noon);

        Assert.Equal((Noon.AddHours(-hoursBack), Noon.AddHours(-hoursBackTo)), (range.From, range.To));
        Assert.Equal(note is null ? [] : [note], notes);
    }

    [Theory]
    [InlineData("now", "now-1h", "The window is empty")]
    [InlineData("now-1h", "now-1h", "The window is empty")]
    [InlineData("yesterday", null, "'yesterday' is not a time for from")]
    [InlineData(null, "13:00", "'13:00' is not a time for to")]
    public void What_nobody_can_mean_is_refused(string? from, string? to, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<ToolException>(() => AskedWindow.LastHour.Read(from, to, Noon)).Message, StringComparison.Ordinal);
}
