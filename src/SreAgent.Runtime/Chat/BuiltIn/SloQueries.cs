using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>PromQL of an objective's figures.</summary>
internal static class SloQueries
{
    /// <summary>Bad over all events. No series of good events beside some of all events means that every one was bad.</summary>
    public static string ErrorRatio(Slo slo, TimeSpan window)
    {
        var total = Total(slo, window);
        return $"clamp_min(1 - (({In(slo.GoodQuery, window)}) or ({total}) * 0) / ({total}), 0)";
    }

    public static string Total(Slo slo, TimeSpan window) => In(slo.TotalQuery, window);

    private static string In(string query, TimeSpan window) => query.Replace(Slo.WindowPlaceholder, TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Round(window.TotalSeconds)))), StringComparison.Ordinal);
}
