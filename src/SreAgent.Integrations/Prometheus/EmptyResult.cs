using System.Text.RegularExpressions;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// Looks why an expression found nothing: does the metric exist, did it exist in this window, does the label have that value? A handful
/// of index look-ups, no samples read.
/// </summary>
internal sealed class EmptyResult(IPrometheusApi api)
{
    private const int Selectors = 3;
    private const int Named = 5;

    /// <summary>An instant looks back this far for a sample, unless the server is configured otherwise.</summary>
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<string>> LikelyCausesAsync(string query, TimeRange range, CancellationToken cancellationToken)
    {
        var causes = new List<string>();
        var window = range with { From = range.From - Lookback };
        try
        {
            foreach (var selector in PromQlSelectors.In(query).Take(Selectors))
            {
                causes.AddRange(await LookAsync(selector, window, cancellationToken));
            }
        }
        catch (ToolException e)
        {
            causes.Add($"Why could not be looked up: {e.Message}");
        }
        catch (RegexMatchTimeoutException)
        {
            causes.Add("The expression is too long to look for the cause in it; ask for its parts one by one.");
        }

        return causes.Count > 0
            ? causes
            : ["Every selector has series in this window, so a comparison, a filter or a join in the expression leaves nothing; ask for its parts one by one."];
    }

    private async Task<IReadOnlyList<string>> LookAsync(PromQlSelector selector, TimeRange window, CancellationToken cancellationToken)
    {
        if (selector.Name is { } name)
        {
            if (!await ExistsAsync(name, window, cancellationToken))
            {
                return await ExistsAsync(name, range: null, cancellationToken)
                    ? [$"The metric {name} exists, but has no samples from {window.From:u} to {window.To:u}; try another window."]
                    : [$"There is no metric {name}.{await SimilarAsync(name, cancellationToken)}"];
            }
        }

        var causes = new List<string>();
        foreach (var matcher in selector.Matchers.Where(matcher => matcher.Operator is "=" && matcher.Value.Length > 0))
        {
            var values = (await api.LabelValuesAsync(matcher.Label, selector.Name, window, cancellationToken)).Data;
            if (!values.Contains(matcher.Value, StringComparer.Ordinal))
            {
                var subject = selector.Name is { } metric ? $"{metric} has" : "In this window there is";
                causes.Add(values.Count == 0
                    ? $"{subject} no label {matcher.Label}."
                    : $"{subject} no {matcher.Label}=\"{matcher.Value}\"; it takes {Some(Closest(values, matcher.Value))}{(values.Count > Named ? $" and {values.Count - Named} more" : "")}.");
            }
        }

        return causes;
    }

    private async Task<bool> ExistsAsync(string metric, TimeRange? range, CancellationToken cancellationToken) =>
        (await api.LabelValuesAsync("__name__", metric, range, cancellationToken)).Data.Count > 0;

    private async Task<string> SimilarAsync(string metric, CancellationToken cancellationToken)
    {
        var all = (await api.LabelValuesAsync("__name__", selector: null, range: null, cancellationToken)).Data;
        var parts = Parts(metric);
        string[] similar = [.. Closest(all, metric).Where(name => Parts(name).Intersect(parts, StringComparer.OrdinalIgnoreCase).Count() * 2 >= parts.Length)];
        return similar.Length > 0 ? $" Similar ones: {Some(similar)}." : " Use prometheus_search_metrics to find the right one.";
    }

    /// <summary>Those that share the most words and the longest beginning.</summary>
    private static IEnumerable<string> Closest(IEnumerable<string> candidates, string wanted)
    {
        var parts = Parts(wanted);
        return candidates
            .OrderByDescending(name => Parts(name).Intersect(parts, StringComparer.OrdinalIgnoreCase).Count())
            .ThenByDescending(name => name.AsSpan().CommonPrefixLength(wanted))
            .ThenBy(name => name.Length)
            .Take(Named);
    }

    private static string[] Parts(string name) => name.Split(['_', ':', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries);

    private static string Some(IEnumerable<string> names) => string.Join(", ", names);
}
