using System.Buffers;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.Findings;

/// <summary>Steps of a delivery or a recovery that somebody does by hand, and that are not written down.</summary>
internal static partial class ManualSteps
{
    private const int Most = 5;

    // Looked for before the pattern runs: a large tree has tens of thousands of sentences.
    private static readonly SearchValues<string> Words = SearchValues.Create(["manually", "by hand", "ssh", "log in", "log on", "ask "], StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<Finding> Find(Observed observed) =>
        observed.Of(StatementKind.Prose)
            .Where(prose => prose.Text.AsSpan().ContainsAny(Words) && ByHand().IsMatch(prose.Text) && !Perhaps().IsMatch(prose.Text) && IsOperation(prose) && !IsWrittenDown(prose))
            .Take(Most)
            .Select(prose => prose.Finding("manual-step", FindingSeverity.Low,
                "A step is done by hand and not written down as commands; write them here, or make a script of them, so that anybody on call can do it at night."));

    private static bool IsOperation(Statement prose) =>
        Operation().IsMatch(prose.At.Path) || prose.Under.Any(heading => Operation().IsMatch(heading));

    // A command, a link or a script beside it says how.
    private static bool IsWrittenDown(Statement prose) => prose.At.Quote.Contains('`', StringComparison.Ordinal) || prose.At.Quote.Contains("](", StringComparison.Ordinal) || prose.Text.EndsWith(':') || prose.Text.Contains("not ", StringComparison.Ordinal) || prose.Text.Contains("http", StringComparison.Ordinal);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(deploy\w*|releas\w*|roll(ing)?[- ]?back|rollback|recover\w*|restor\w*|fail ?over|incident\w*|runbooks?|playbooks?|disaster|upgrad\w*|rotat\w*|on-?call|operations?)\b", Options, 10_000)]
    private static partial Regex Operation();

    // What may be done by hand, or need not be, is no step of the way.
    [GeneratedRegex(@"\b(may|might|can|could|if|unless|instead|avoid|never|no need|without|rather than|want)\b", Options, 10_000)]
    private static partial Regex Perhaps();

    [GeneratedRegex(@"\b(manually|by hand)\b.{0,40}\b(run|apply|create|edit|change|restart|copy|delete|update|execute|rotate|promote|scale|deploy|restore|migrate|trigger|start|stop|set|upload|fix)|\b(run|applied|created|edited|changed|restarted|copied|deleted|updated|executed|rotated|promoted|scaled|deployed|restored|migrated|started|stopped|done|uploaded|set)\b.{0,40}\b(manually|by hand)\b|\b(ssh|log) (in)?to the (server|machine|host|box|instance)\b|^ask \w+ (to|for)\b", Options, 10_000)]
    private static partial Regex ByHand();
}
