using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Prometheus;

/// <summary>The distance between points of a range query: what was asked, unless that makes more points than anybody can use.</summary>
/// <param name="Length">At least one millisecond.</param>
/// <param name="Note">What was chosen or changed, and why. Absent when the asked step stands.</param>
internal sealed record QueryStep(TimeSpan Length, string? Note)
{
    /// <param name="maxPoints">Points per series that are wanted at most.</param>
    public static QueryStep For(TimeRange range, string? asked, int maxPoints)
    {
        var least = TimeSpan.FromSeconds(range.Length.TotalSeconds / (Math.Min(maxPoints, PrometheusOptions.ServerPointLimit) - 1));
        if (asked is null)
        {
            var chosen = RoundDuration.AtLeast(least);
            return new QueryStep(chosen, $"Step not given: {TimeExpression.Format(chosen)}.");
        }

        if (!TimeExpression.TryParseDuration(asked, out var length) || length < TimeSpan.FromMilliseconds(1))
        {
            throw new ToolException($"'{asked}' is not a step; give a duration such as 30s or 5m, or leave it out.");
        }

        if (length >= least)
        {
            return new QueryStep(length, Note: null);
        }

        var raised = RoundDuration.AtLeast(least);
        return new QueryStep(raised, $"Step raised from {TimeExpression.Format(length)} to {TimeExpression.Format(raised)}, so that a series has at most {maxPoints} points.");
    }
}
