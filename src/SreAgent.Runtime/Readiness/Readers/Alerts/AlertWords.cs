using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Alerts;

/// <summary>Whether the text of an alert says what to do about it: a step somebody is asked to take, or what mends it.</summary>
internal static partial class AlertWords
{
    public static string? Instructs(string? about) => about is not null && (Step().IsMatch(about) || Mend().IsMatch(about)) ? "true" : null;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline;

    // At the beginning of a sentence, a line or an item, or after a condition.
    [GeneratedRegex(@"(^\s*|[.!;:]\s+|[-*]\s+|\d[.)]\s*|\b(if|when|to)\s[^.\n]{1,80},\s*(then\s+)?)(please\s+)?(check|look (at|in|into|for|up)|inspect|verify|confirm|investigate|examine|restart|reboot|redeploy|re-?run|run|delete|remove|kill|scale|increase|raise|reduce|drain|cordon|fail ?over|roll ?back|revert|restore|resolve|recover|repair|replace|renew|rotate|clean up|free up|add more|escalate|contact|ssh|log ?in|connect to|make sure|ensure|try)\s+\w", Options, 10_000)]
    private static partial Regex Step();

    [GeneratedRegex(@"\b(fix|solution|remedy|mitigation|next step|action)s? (is|are) to\b|\bcan be (fixed|resolved|recovered|repaired|mitigated|restarted) (by|with|using)\b|\b(should|must|needs? to|has to|have to) be (restarted|rebooted|redeployed|checked|investigated|inspected|replaced|renewed|rotated|scaled|deleted|drained|recovered|restored)\b", Options, 10_000)]
    private static partial Regex Mend();
}
