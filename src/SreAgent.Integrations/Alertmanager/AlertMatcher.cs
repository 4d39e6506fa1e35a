using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>One condition on an alert's labels, as people write it: <c>alertname="HighErrorRate"</c>, <c>service=~"checkout|cart"</c>.</summary>
internal sealed partial record AlertMatcher(string Name, string Value, bool IsRegex, bool IsEqual)
{
    /// <exception cref="ToolException">It cannot be read; says how to write it.</exception>
    public static AlertMatcher Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new ToolException($"'{text}' is not a matcher; write a label, one of = != =~ !~, and a value, such as alertname=\"HighErrorRate\".");
        }

        var value = match.Groups["quoted"] is { Success: true } quoted
            ? quoted.Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : match.Groups["bare"].Value;
        var sign = match.Groups["sign"].Value;
        return new AlertMatcher(match.Groups["name"].Value, value, sign.EndsWith('~'), sign[0] == '=');
    }

    /// <summary>In a fixed order and without repetition, so that the same wish always reads the same.</summary>
    public static IReadOnlyList<AlertMatcher> ParseAll(IReadOnlyCollection<string> texts) =>
        texts.Count == 0
            ? throw new ToolException("At least one matcher is needed, such as alertname=\"HighErrorRate\".")
            : [.. texts.Select(Parse).Distinct().OrderBy(matcher => matcher.ToString(), StringComparer.Ordinal)];

    public static AlertMatcher From(ApiMatcher matcher) => new(matcher.Name, matcher.Value, matcher.IsRegex, matcher.IsEqual);

    public ApiMatcher ToApi() => new(Name, Value, IsRegex, IsEqual);

    /// <summary>As Alertmanager's filter takes it.</summary>
    public override string ToString() =>
        $"{Name}{(IsEqual ? "=" : "!")}{(IsRegex ? "~" : IsEqual ? "" : "=")}\"{Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^\s*(?<name>[a-zA-Z_][a-zA-Z0-9_]*)\s*(?<sign>=~|!~|!=|=)\s*(""(?<quoted>([^""\\]|\\.)*)""|(?<bare>[^""\s{},]*))\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Form();
}
