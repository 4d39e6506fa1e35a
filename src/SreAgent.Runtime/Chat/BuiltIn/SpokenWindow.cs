using System.Text.RegularExpressions;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>A window as people say it: "in the last hour", "over the last 90 minutes", "over the last 1h30m".</summary>
/// <param name="Length">An hour when nothing was said.</param>
/// <param name="Given">Whether it was said.</param>
internal sealed partial record SpokenWindow(TimeSpan Length, bool Given)
{
    public string From => $"now-{TimeExpression.Format(Length)}";

    public string Words => $"the last {TimeExpression.Format(Length)}";

    /// <summary>Long enough to hold several scrapes, short enough to show a change.</summary>
    public string RateInterval => Length <= TimeSpan.FromMinutes(15) ? "1m" : Length <= TimeSpan.FromHours(12) ? "5m" : "30m";

    /// <summary>Takes the window off the end of a request.</summary>
    public static (string Asked, SpokenWindow Window) TakeFrom(string text)
    {
        var match = AtEnd().Match(text);
        if (!match.Success)
        {
            return (text, new SpokenWindow(TimeSpan.FromHours(1), Given: false));
        }

        var amount = match.Groups["amount"].Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        var spoken = amount.Length == 0 || char.IsLetter(amount[0]) ? $"1{amount}" : amount;
        return TimeExpression.TryParseDuration(spoken, out var length) && length > TimeSpan.Zero
            ? (text[..match.Index].TrimEnd(), new SpokenWindow(length, Given: true))
            : (text, new SpokenWindow(TimeSpan.FromHours(1), Given: false));
    }

    [GeneratedRegex(@"\s+(in|over|for|during|within)?\s*(the\s+)?(last|past)\s+(?<amount>[0-9a-z. ]+?)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex AtEnd();
}
