using System.Text.RegularExpressions;

namespace SreAgent.Integrations.Prometheus;

/// <summary>One metric an expression reads.</summary>
/// <param name="Name">Absent when only matchers are given.</param>
/// <param name="Matchers">As written between the braces.</param>
internal sealed record PromQlSelector(string? Name, IReadOnlyList<PromQlMatcher> Matchers);

/// <param name="Operator">=, !=, =~ or !~.</param>
internal sealed record PromQlMatcher(string Label, string Operator, string Value);

/// <summary>
/// Finds the series selectors in an expression, well enough to look up why it found nothing. Not a parser: the server is the judge of
/// what an expression means.
/// </summary>
internal static partial class PromQlSelectors
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "or", "unless", "atan2", "bool", "offset", "inf", "nan",
        "sum", "min", "max", "avg", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values", "limitk", "limit_ratio",
    };

    public static IReadOnlyList<PromQlSelector> In(string expression)
    {
        // Label lists look like metric names; they are taken out first.
        var text = LabelList().Replace(Comment().Replace(expression, " "), " ");
        return
        [
            .. Selector().Matches(text).Select(match => new PromQlSelector(
                    match.Groups["name"] is { Success: true } name ? name.Value : null,
                    [.. Matcher().Matches(match.Groups["matchers"].Value).Select(ToMatcher)]))
                .Where(selector => selector.Matchers.Count > 0 || (selector.Name is { } name && !Words.Contains(name)))
                .DistinctBy(selector => (selector.Name, string.Join(',', selector.Matchers))),
        ];
    }

    private static PromQlMatcher ToMatcher(Match match) =>
        new(match.Groups["label"].Value, match.Groups["operator"].Value, match.Groups["value"].Value);

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex LabelList();

    [GeneratedRegex(@"#[^\n""']*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Comment();

    // A quoted string, a duration in brackets and a number are eaten so that nothing inside them counts; a name before "(" is a function.
    [GeneratedRegex(
        @"\[[^\]]*\]|\b[0-9][0-9a-zA-Z.]*|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{(?<matchers>([^{}""']|""([^""\\]|\\.)*""|'([^'\\]|\\.)*')*)\}"
        + @"|\{(?<matchers>([^{}""']|""([^""\\]|\\.)*""|'([^'\\]|\\.)*')*)\}|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?![a-zA-Z0-9_:]|\s*\()|""([^""\\]|\\.)*""|'([^'\\]|\\.)*'",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\s*(?<operator>=~|!~|!=|=)\s*(""(?<value>([^""\\]|\\.)*)""|'(?<value>([^'\\]|\\.)*)')", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Matcher();
}
