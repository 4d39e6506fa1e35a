using System.Globalization;
using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Alerts;

/// <summary>What an expression or the name of a metric measures of what a user sees, and which objective it burns by.</summary>
internal static partial class Measured
{
    /// <returns><c>latency</c>, <c>errors</c> or <c>availability</c>; null for what only the machines feel, such as memory.</returns>
    public static string? By(string? words) =>
        words is null ? null
        : Errors().IsMatch(words) ? "errors"
        : Latency().IsMatch(words) ? "latency"
        : Availability().IsMatch(words) ? "availability"
        : null;

    /// <summary>The objective of which a rule says how fast its error budget is spent: <c>&gt; 14.4 * (1 - 0.999)</c> is one of 99.9 %.</summary>
    public static string? BurnsBy(string? expression)
    {
        if (expression is null)
        {
            return null;
        }

        if (Budget().Match(expression) is not { Success: true } match)
        {
            return null;
        }

        var target = match.Groups["target"].Success ? Number(match.Groups["target"].Value) : 1m - Number(match.Groups["budget"].Value);
        return target is > 0.5m and < 1m ? (target * 100m).ToString("0.#####", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Whether an alert is named after an objective: one that fires is a promise not kept.</summary>
    public static bool OfObjective(string name) => Objective().IsMatch(name);

    /// <summary>Whether an expression compares with a number.</summary>
    public static bool HasBound(string expression) => Bound().IsMatch(expression);

    private static decimal Number(string text) => decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0m;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"5xx|5\.\.|[""']5\d\d|\bHTTPCode|(http|request|response|grpc|rpc|quer(y|ies)|call|api)\w{0,40}(error|fail|success)|(error|fail|success)\w{0,40}(http|request|response|grpc|rpc|quer(y|ies)|call|rate|ratio|percent)", Options, 10_000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"latency|response[-_ ]?time|(request|http|grpc|rpc|query|handling|response)\w{0,40}(duration|seconds|millis)|duration_seconds_(bucket|sum)|apdex|\bp9\d\b|percentile", Options, 10_000)]
    private static partial Regex Latency();

    [GeneratedRegex(@"availab|uptime|probe_success|\bup\s*(\{|==|<)|absent\s*\(\s*up\b|heartbeat|reachab", Options, 10_000)]
    private static partial Regex Availability();

    [GeneratedRegex(@"(?-i:(^|[^a-zA-Z])slo([^a-z]|$)|SLO(?=s?([^A-Za-z]|$)|[A-Z][a-z])|Slo([^a-z]|$)|ErrorBudget|error[-_ ]budget)", Options, 10_000)]
    private static partial Regex Objective();

    [GeneratedRegex(@"[<>]=?\s*\(?\s*\d", Options, 10_000)]
    private static partial Regex Bound();

    [GeneratedRegex(@"\b(14\.4|13\.44|6\.72|6|3|1)\s*\*\s*\(?\s*(\(?\s*1(\.0+)?\s*-\s*(?<target>0?\.\d{1,6})|(?<budget>0?\.0\d{1,5})\b)", Options, 10_000)]
    private static partial Regex Budget();
}
