using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Alerts;

/// <summary>Whether the text of an alert says what to do about it: a step somebody is asked to take, or what mends it.</summary>
internal static partial class AlertWords
{
    // What an alert tells first; a page of text behind it is no longer its message.
    private const int Longest = 4000;

    public static string? Instructs(string? about) =>
        about is not null && (about.Length <= Longest ? about : about[..Longest]) is var told && (Step().IsMatch(told) || Mend().IsMatch(told)) ? "true" : null;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline;

    // At the beginning of a sentence, a line or an item, or after a condition.
    [GeneratedRegex(@"(^[ \t]*|[.!;:][ \t]+|[-*][ \t]+|\d[.)][ \t]*|\b(if|when|to)[ \t][^.\n]{1,80},[ \t]*(then[ \t]+)?)(please[ \t]+)?(check|look|inspect|verify|confirm|investigate|examine|restart|reboot|redeploy|re-?run|run|delete|remove|kill|scale|increase|raise|reduce|drain|cordon|fail ?over|roll ?back|revert|restore|resolve|recover|repair|replace|renew|rotate|clean|free|add|escalate|contact|ssh|log ?in|connect|make sure|ensure|try)[ \t]+(the|a|an|it|its|all|if|that|this|these|those|any|each|every|whether|why|how|which|what|who|for|in|into|at|on|out|over|up|to|with|by|your|our|more|some|one|`|\S*/|kubectl|systemctl|helm)\b", Options, 10_000)]
    private static partial Regex Step();

    [GeneratedRegex(@"\b(fix|solution|remedy|mitigation|next step|action)s? (is|are) to\b|\bcan be (fixed|resolved|recovered|repaired|mitigated|restarted) (by|with|using)\b|\b(should|must|needs? to|has to|have to) be (restarted|rebooted|redeployed|checked|investigated|inspected|replaced|renewed|rotated|scaled|deleted|drained|recovered|restored)\b", Options, 10_000)]
    private static partial Regex Mend();
}
