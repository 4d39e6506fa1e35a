using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class QueryFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("query up", "what a PromQL expression gives now"),
        new("query rate(process_cpu_seconds_total[5m]) over the last 1h", "the same over a window"),
        new("search metrics http requests", "metrics by words in name or help"),
        new("series up{job=\"prometheus\"}", "which series a selector matches"),
        new("labels", "label names"),
        new("values of job", "values of one label"),
    ];

    public Request? Recognise(string text)
    {
        if (Query().Match(text) is { Success: true } query)
        {
            var (expression, window) = SpokenWindow.TakeFrom(query.Groups["query"].Value);
            return expression.Length == 0 ? null : new QueryRequest(expression, window);
        }

        return Search().Match(text) is { Success: true } search ? new SearchRequest(search.Groups["words"].Value.TrimEnd('?', '.', '!'))
            : Series().Match(text) is { Success: true } series ? new SeriesRequest(series.Groups["selector"].Value)
            : Labels().Match(text) is { Success: true } labels ? new LabelsRequest(labels.Groups["label"].Value)
            : null;
    }

    [GeneratedRegex(@"^(query|promql|eval|evaluate)\s+(?<query>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Query();

    [GeneratedRegex(@"^(search|find|list)\s+metrics?\s+(about |for |named |with )?(?<words>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Search();

    [GeneratedRegex(@"^(list |show )?series\s+(of |for )?(?<selector>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Series();

    [GeneratedRegex(@"^((list |show )?labels|(label )?values of (label )?(?<label>[a-zA-Z_][a-zA-Z0-9_]*))\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Labels();
}

internal sealed record QueryRequest(string Expression, SpokenWindow Window) : Request
{
    public override Reply Next(Exchange exchange) => Window.Given
        ? exchange.Once(PlannedCall.Of("prometheus_query_range", ("query", Expression), ("from", Window.From)), Over)
        : exchange.Once(PlannedCall.Of("prometheus_query", ("query", Expression)), Now);

    private string Over(Step step) =>
        Wording.Cut(step.Result) ?? $"`{Expression}` over {Window.Words}:{Wording.Series(step.Result, Wording.Number)}{Wording.Evidence(step.Result)}";

    private string Now(Step step)
    {
        var values = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "result")).ToArray();
        var total = ToolAnswer.Number(step.Result.Data, "series");
        var lines = values.Select(one =>
        {
            var labels = Wording.Labels(ToolAnswer.Child(one, "labels"));
            var value = ToolAnswer.Text(one, "value") ?? ToolAnswer.Text(one, "text") ?? "a histogram";
            return labels.Length > 0 ? $"`{{{labels}}}` {value}" : value;
        });
        return Wording.Cut(step.Result) ?? $"`{Expression}` now:{Wording.List(lines, double.IsNaN(total) ? values.Length : (int)total, 15)}{Wording.Evidence(step.Result)}";
    }
}

internal sealed record SearchRequest(string Words) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("prometheus_search_metrics", ("text", Words)), step =>
    {
        var metrics = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "items")).ToArray();
        var lines = metrics.Select(metric => $"`{ToolAnswer.Text(metric, "name")}` {(ToolAnswer.Text(metric, "type") is { } type ? $"({type}) " : "")}{ToolAnswer.Text(metric, "help")}".TrimEnd());
        return Wording.Cut(step.Result) ?? $"Metrics about '{Words}':{Wording.List(lines, metrics.Length, 25)}{Wording.Evidence(step.Result)}";
    });
}

internal sealed record SeriesRequest(string Selector) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("prometheus_list_series", ("selector", Selector)), step =>
    {
        var series = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "items")).ToArray();
        return Wording.Cut(step.Result) ?? $"Series matching `{Selector}`:{Wording.List(series.Select(one => $"`{{{Wording.Labels(one)}}}`"), series.Length, 25)}{Wording.Evidence(step.Result)}";
    });
}

/// <param name="Label">Empty for the names themselves.</param>
internal sealed record LabelsRequest(string Label) : Request
{
    public override Reply Next(Exchange exchange)
    {
        var call = Label.Length == 0 ? PlannedCall.Of("prometheus_list_labels") : PlannedCall.Of("prometheus_list_labels", ("label", Label));
        return exchange.Once(call, step =>
        {
            var items = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "items")).Select(item => $"`{item}`").ToArray();
            return Wording.Cut(step.Result) ?? $"{(Label.Length == 0 ? "Labels" : $"Values of `{Label}`")}: {string.Join(", ", items)}{Wording.Evidence(step.Result)}";
        });
    }
}
