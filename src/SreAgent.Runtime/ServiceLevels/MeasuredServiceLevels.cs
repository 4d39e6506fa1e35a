using SreAgent.Core.Catalogue;
using SreAgent.Core.Metrics;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.ServiceLevels;

/// <summary>Measures the catalogue's SLOs by the metric source that is configured, if one is.</summary>
internal sealed class MeasuredServiceLevels(IServiceCatalogue services, IEnumerable<IMetricSource> sources) : IServiceLevels
{
    public const string NoSource = "No metric source is configured (Integrations:Prometheus:BaseUrl), so nothing can be measured.";

    private readonly IMetricSource? _source = sources.FirstOrDefault();

    public IReadOnlyList<Slo> Of(string service) => services.Find(service)?.Slos ?? [];

    public async Task<SliSample?> MeasureAsync(Slo slo, TimeSpan length, DateTimeOffset end, CancellationToken cancellationToken)
    {
        if (_source is null || length <= TimeSpan.Zero)
        {
            return null;
        }

        var good = CountAsync(_source, slo.GoodQuery, length, end, cancellationToken);
        var total = CountAsync(_source, slo.TotalQuery, length, end, cancellationToken);
        await Task.WhenAll(good, total);

        // No series of good events beside some of all events means that every one was bad.
        return await total is { } all and > 0 ? new SliSample(await good ?? 0, all) : null;
    }

    public async Task<BudgetReading> BudgetAsync(Slo slo, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (_source is null)
        {
            return ErrorBudget.Unknown(slo, $"{slo.Name}: {NoSource}");
        }

        try
        {
            var whole = MeasureAsync(slo, slo.Window, at, cancellationToken);
            var burns = Task.WhenAll(BurnRateWindow.Paging.Select(async window =>
            {
                var longer = MeasureAsync(slo, window.LongWindow, at, cancellationToken);
                var shorter = MeasureAsync(slo, window.ShortWindow, at, cancellationToken);
                await Task.WhenAll(longer, shorter);
                return new BurnMeasurement(window, await longer, await shorter);
            }));
            await Task.WhenAll(whole, burns);
            return ErrorBudget.Judge(slo, await whole, await burns);
        }
        catch (ToolException exception)
        {
            return ErrorBudget.Unknown(slo, $"{slo.Name}: it could not be measured. {exception.Message}");
        }
    }

    /// <summary>Null when there is no series, or none with a number.</summary>
    private static async Task<double?> CountAsync(IMetricSource source, string query, TimeSpan length, DateTimeOffset end, CancellationToken cancellationToken)
    {
        // Whole seconds: a window to the millisecond is no more exact and is harder to ask again by hand.
        var window = TimeSpan.FromSeconds(Math.Max(1, Math.Round(length.TotalSeconds)));
        var series = await source.QueryAsync(query.Replace(Slo.WindowPlaceholder, TimeExpression.Format(window), StringComparison.Ordinal), end, cancellationToken);
        var counts = series.Select(one => one.Points[^1].Value).Where(double.IsFinite).ToArray();
        return counts.Length == 0 ? null : Math.Max(0, counts.Sum());
    }
}
