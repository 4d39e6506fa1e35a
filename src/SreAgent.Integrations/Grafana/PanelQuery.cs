using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Asks what a panel asks, of the data source it asks, and says of every query that could not be asked why.</summary>
internal sealed class PanelQuery(IGrafanaApi api)
{
    private const int MostQueries = 20;
    private const int MostSeries = 10;

    /// <summary>Longer expressions travel as a form; addresses end somewhere.</summary>
    private const int LongestInAddress = 1_000;

    public async Task<PanelAnswers> AskAsync(Panel panel, PanelVariables variables, DataSources sources, TimeRange range, CancellationToken cancellationToken)
    {
        var shown = panel.Targets.Where(target => !target.Hidden).ToArray();
        var prepared = shown.Take(MostQueries).Select(target => Prepare(panel, target, variables, sources, range)).ToArray();
        var answers = await Task.WhenAll(prepared.Select(query => AnswerAsync(query, range, cancellationToken)));
        return new PanelAnswers(answers, [.. Notes(panel, shown.Length), .. variables.Notes, .. answers.SelectMany(answer => answer.Notes)]);
    }

    private static Prepared Prepare(Panel panel, PanelTarget target, PanelVariables variables, DataSources sources, TimeRange range)
    {
        var (uid, scrape, problem) = sources.Find(target.DataSource, variables);
        var often = scrape ?? PanelInterval.DefaultScrape;
        variables.SetTimes(range, often, often); // For a shortest step written as a variable.
        var least = PanelInterval.Parse(variables.Replace(target.Interval ?? panel.Interval ?? "").Text);
        var interval = PanelInterval.For(range, panel.MaxDataPoints, least, often);
        variables.SetTimes(range, interval.Step, interval.Rate);
        var (expression, left) = variables.Replace(target.Expression ?? "");
        problem ??= expression.Length == 0 ? "it holds no PromQL"
            : left.Count > 0 ? $"{string.Join(", ", left)} in it has no value that can be written there; give variables, or ask prometheus_query_range yourself"
            : null;
        return new Prepared(target, uid, expression, target.Instant ? null : interval.Step, problem);
    }

    private async Task<PanelAnswer> AnswerAsync(Prepared query, TimeRange range, CancellationToken cancellationToken)
    {
        if (query.Uid is not { } uid || query.Problem is not null)
        {
            return Unanswered(query, query.Problem ?? "its data source is unknown");
        }

        try
        {
            var method = query.Expression.Length > LongestInAddress ? HttpMethod.Post : HttpMethod.Get;
            var (native, form) = query.Step is { } step
                ? ("api/v1/query_range", (IEnumerable<KeyValuePair<string, string>>)
                    [new("query", query.Expression), new("start", Seconds(range.From)), new("end", Seconds(range.To)), new("step", Number(step.TotalSeconds))])
                : ("api/v1/query", [new("query", query.Expression), new("time", Seconds(range.To))]);
            var answer = await api.ProxyAsync(ProxyPath.For(method, uid, native), form, cancellationToken);
            return answer.Data is not null ? Answered(query, range, answer)
                : Unanswered(query, answer.Error is { } error ? $"{answer.ErrorType}: {error}" : "its data source answered JSON that is not Prometheus'");
        }
        catch (ToolException e)
        {
            return Unanswered(query, e.Message);
        }
        catch (JsonException e)
        {
            return Unanswered(query, e.Message);
        }
    }

    private static PanelAnswer Answered(Prepared query, TimeRange range, ProxiedAnswer answer)
    {
        SummedSeries[] series =
        [
            .. ProxiedSeries.Read(answer.Data).Select(one => SummedSeries.Of(one, query.Target.Legend, range, query.Step))
                .OrderByDescending(one => one.Rank).ThenBy(one => one.Shown.Name, StringComparer.Ordinal),
        ];
        var best = series.Take(MostSeries).ToArray();
        return new PanelAnswer(
            new PanelQueryResult(
                query.Target.RefId, query.Expression, query.Step is { } step ? TimeExpression.Format(step) : null, series.Length, [.. best.Select(one => one.Shown)]),
            query.Step is null ? [] : [.. best.Select(one => new PlotLine(one.Shown.Name, one.Grid))],
            [
                .. series.Length > MostSeries ? [$"{query.Target.RefId}: the {MostSeries} highest of {series.Length} series are shown."] : Array.Empty<string>(),
                .. answer.Error is { } error ? [$"{query.Target.RefId}: the data source reports an error next to this data, which may be partial: {error}"] : Array.Empty<string>(),
                .. (answer.Warnings ?? []).Select(warning => $"{query.Target.RefId}: the data source warns: {warning}"),
            ]);
    }

    private static PanelAnswer Unanswered(Prepared query, string why) =>
        new(new PanelQueryResult(query.Target.RefId, query.Expression.Length == 0 ? null : query.Expression, Step: null, 0, []) { NotAnswered = why.TrimEnd('.') }, [], []);

    private static IEnumerable<string> Notes(Panel panel, int shown)
    {
        if (panel.Targets.Count > shown)
        {
            yield return $"{panel.Targets.Count - shown} hidden queries were not asked.";
        }

        if (shown > MostQueries)
        {
            yield return $"The first {MostQueries} of {shown} queries were asked.";
        }

        if (panel.Repeated is { } variable)
        {
            yield return $"The panel is repeated for every {variable}; it was asked once, for the values of {variable} as they stand.";
        }
    }

    private static string Seconds(DateTimeOffset moment) => Number(moment.ToUnixTimeMilliseconds() / 1000.0);

    private static string Number(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <param name="Step">Absent for a single moment.</param>
    /// <param name="Problem">Why it is not to be asked.</param>
    private sealed record Prepared(PanelTarget Target, GrafanaUid? Uid, string Expression, TimeSpan? Step, string? Problem);
}

/// <summary>What became of every query of a panel.</summary>
internal sealed record PanelAnswers(IReadOnlyList<PanelAnswer> Queries, IReadOnlyList<string> Notes);

/// <param name="Lines">What may be drawn of it.</param>
internal sealed record PanelAnswer(PanelQueryResult Result, IReadOnlyList<PlotLine> Lines, IReadOnlyList<string> Notes);
