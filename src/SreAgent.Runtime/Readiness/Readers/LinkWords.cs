using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Links to instructions within free text, such as the message of a monitor.</summary>
internal static partial class LinkWords
{
    /// <returns>The address, or null when the text leads to no instructions.</returns>
    public static string? Runbook(string text) => Mention().Match(text) is { Success: true } match ? match.Groups["link"].Value.TrimEnd('.', ',', ')', '"', '\'') : null;

    [GeneratedRegex(@"\b(runbook|playbook|run book)\w{0,8}\W{1,6}(\w+\W{1,3}){0,4}?(?<link>https?://\S{4,400})|(?<link>https?://\S{0,200}(runbook|playbook)\S{0,200})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mention();
}
