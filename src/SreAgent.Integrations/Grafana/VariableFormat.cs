using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.Grafana;

/// <summary>How a variable's values are written into a query: <c>${job:regex}</c>, <c>${job:pipe}</c>; without a format as Prometheus wants them.</summary>
internal static partial class VariableFormat
{
    /// <param name="values">At least one.</param>
    /// <param name="many">The variable may hold several, so that queries compare it by pattern.</param>
    /// <param name="format">Absent means Prometheus' own.</param>
    /// <returns>Null for a format not known here.</returns>
    public static string? Write(IReadOnlyList<string> values, bool many, string? format) => format switch
    {
        null => many ? Alternatives([.. values.Select(EscapedInString)]) : Quoted(values[0]),
        "regex" => Alternatives([.. values.Select(Escaped)]),
        "pipe" => string.Join('|', values),
        "csv" or "raw" => string.Join(',', values),
        "glob" => values.Count == 1 ? values[0] : $"{{{string.Join(',', values)}}}",
        "json" => values.Count == 1 ? Json(values[0]) : $"[{string.Join(',', values.Select(Json))}]",
        "doublequote" => string.Join(',', values.Select(value => $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")),
        "singlequote" => string.Join(',', values.Select(value => $"'{value.Replace("'", "\\'", StringComparison.Ordinal)}'")),
        "percentencode" => Uri.EscapeDataString(values.Count == 1 ? values[0] : $"{{{string.Join(',', values)}}}"),
        "text" => string.Join(" + ", values),
        _ => null,
    };

    private static string Alternatives(IReadOnlyList<string> patterns) => patterns.Count == 1 ? patterns[0] : $"({string.Join('|', patterns)})";

    /// <summary>Inside PromQL's quotes.</summary>
    private static string Quoted(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>A pattern inside PromQL's quotes, where every backslash is written twice.</summary>
    private static string EscapedInString(string value) => Quoted(Escaped(value));

    private static string Escaped(string value) => Meaningful().Replace(value, @"\$0");

    private static string Json(string value) => JsonSerializer.Serialize(value, GrafanaJson.Default.String);

    [GeneratedRegex(@"[\\^$.*+?()[\]{}|]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Meaningful();
}
