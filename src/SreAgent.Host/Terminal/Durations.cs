using System.Globalization;

namespace SreAgent.Host.Terminal;

/// <summary>How long something took, as short as it can be said.</summary>
internal static class Durations
{
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:F0} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F1} s"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
    };
}
