namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Chooses metrics by the conventions their names and labels follow.</summary>
internal static class SignalMetrics
{
    /// <summary>Labels that tell success from failure, the most telling first.</summary>
    public static IReadOnlyList<string> StatusLabels { get; } =
    [
        "code", "status", "status_code", "http_status", "http_status_code", "http_response_status_code", "response_code", "response_status", "grpc_code",
    ];

    /// <summary>Counters of requests, the likeliest first.</summary>
    public static string[] RequestCounters(IEnumerable<string> names) =>
    [
        .. names.Where(name => (name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal)) && !IsErrors(name) && !IsScrape(name)
                && (Has(name, "request") || Has(name, "handled") || Has(name, "responses")))
            .OrderBy(name => name.EndsWith("_total", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(name => Has(name, "http") || Has(name, "grpc") ? 0 : 1)
            .ThenBy(name => Has(name, "client") || Has(name, "outgoing") ? 1 : 0)
            .ThenBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal),
    ];

    public static string? ErrorCounter(IEnumerable<string> names) =>
        names.Where(name => name.EndsWith("_total", StringComparison.Ordinal) && IsErrors(name) && !IsScrape(name))
            .OrderBy(name => Has(name, "request") || Has(name, "http") ? 0 : 1).ThenBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();

    public static string? DurationHistogram(IEnumerable<string> names) =>
        names.Where(name => name.EndsWith("_bucket", StringComparison.Ordinal) && !IsScrape(name) && (Has(name, "seconds") || Has(name, "duration") || Has(name, "latency") || Has(name, "_ms_")))
            .OrderBy(name => Has(name, "request") ? 0 : 1).ThenBy(name => Has(name, "client") || Has(name, "outgoing") ? 1 : 0)
            .ThenBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();

    private static bool IsErrors(string name) => Has(name, "error") || Has(name, "failure") || Has(name, "failed");

    // What an exporter counts about being scraped is not the service's traffic.
    private static bool IsScrape(string name) => name.StartsWith("promhttp_", StringComparison.Ordinal) || name.StartsWith("scrape_", StringComparison.Ordinal) || name.StartsWith("net_conntrack_", StringComparison.Ordinal);

    private static bool Has(string name, string word) => name.Contains(word, StringComparison.Ordinal);
}

/// <summary>Errors over requests, as PromQL.</summary>
/// <param name="Meaning">What counts as an error.</param>
internal sealed record ErrorRatio(string ErrorSelector, string RequestSelector, string Meaning)
{
    public static ErrorRatio ByLabel(string counter, string selector, string label)
    {
        var failing = label == "grpc_code" ? "grpc_code!=\"OK\"" : $"{label}=~\"5..\"";
        return new ErrorRatio($"{counter}{{{selector},{failing}}}", $"{counter}{{{selector}}}", $"errors are those of `{counter}` with `{failing}`");
    }

    public static ErrorRatio ByPair(string errors, string requests, string selector) =>
        new($"{errors}{{{selector}}}", $"{requests}{{{selector}}}", $"`{errors}` over `{requests}`");

    public string Errors(string function, string over) => $"sum({function}({ErrorSelector}[{over}]))";

    public string Requests(string function, string over) => $"sum({function}({RequestSelector}[{over}]))";
}
