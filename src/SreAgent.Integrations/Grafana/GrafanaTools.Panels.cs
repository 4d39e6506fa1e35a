using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using SreAgent.Core.Metrics;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>What a panel shows: in numbers for whoever reasons, as a picture for people.</summary>
internal sealed partial class GrafanaTools
{
    private const int ImageWidth = 1000;
    private const int ImageHeight = 500;

    private readonly PanelQuery _panelQuery = new(api);

    [SreTool("grafana_query_panel", ToolEffect.Read)]
    [Description("Runs a panel's own Prometheus queries. Panel ids are in the dashboard's summary. For other PromQL use prometheus_query_range.")]
    public async Task<ToolResult> QueryPanelAsync(
        string uid,
        int panel,
        [Description("now-1h (default) or RFC 3339")] string? from = null,
        string? to = null,
        [Description("Such as job=checkout; else as saved")] string[]? variables = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = AskedWindow.LastHour.Read(from, to, clock.GetUtcNow());
        var id = GrafanaUid.ParseDashboard(uid);
        var listing = DataSources.ReadAsync(api, cancellationToken);
        var (dashboard, shown) = await ReadPanelAsync(id, panel, cancellationToken);
        var values = PanelVariables.Of(dashboard, variables ?? []);
        if (shown.Targets.Count == 0)
        {
            throw new ToolException(shown.Library
                ? $"Panel {panel} of {dashboard.Title} is kept in Grafana's library, and the dashboard does not hold its queries. Open {_links.Panel(id, panel, range, values.InAddress())}."
                : $"Panel {panel} of {dashboard.Title} ({shown.Type}) asks nothing of any data source.");
        }

        var answers = await _panelQuery.AskAsync(shown, values, await listing, range, cancellationToken);
        var results = answers.Queries.Select(query => query.Result).ToArray();
        var evidence = new Evidence(Source, string.Join("; ", results.Select(result => result.Expression ?? $"query {result.RefId}")))
        {
            Range = range,
            Link = _links.Panel(id, panel, range, values.InAddress()),
            Notes = [.. defaults, .. answers.Notes],
        };
        return Array.TrueForAll(results, result => result.NotAnswered is not null)
            ? new ToolResult.Failed($"No query of panel {panel} ({shown.Title}) was answered: {string.Join(" ", results.Select(result => $"{result.RefId}: {result.NotAnswered}."))} Open {evidence.Link}.", Retryable: false)
            : results.Sum(result => result.Series) == 0
            ? new ToolResult.NoData(
                $"panel {panel} ({shown.Title}) from {range.From:u} to {range.To:u}",
                [$"Nothing matches in this window: {evidence.Query}. Look at the variables' values, or ask prometheus_query_range, which looks for the cause.", .. Unanswered(results)],
                evidence)
            : new ToolResult.Found(new PanelResult(panel, shown.Title, shown.Unit, results), evidence, PlotOf(shown.Title, answers));
    }

    [SreTool("grafana_render_panel", ToolEffect.Read)]
    [Description("Draws a panel as an image for people: says size and link, not what it shows. For numbers use grafana_query_panel.")]
    public async Task<ToolResult> RenderPanelAsync(
        string uid,
        int panel,
        string? from = null,
        string? to = null,
        string[]? variables = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = AskedWindow.LastHour.Read(from, to, clock.GetUtcNow());
        var id = GrafanaUid.ParseDashboard(uid);
        var (dashboard, shown) = await ReadPanelAsync(id, panel, cancellationToken);
        var values = PanelVariables.Of(dashboard, variables ?? []).InAddress();
        var png = await api.RenderAsync(new PanelPicture(id, panel, range, values, ImageWidth, ImageHeight, options.OrganizationId), cancellationToken);
        var link = _links.Panel(id, panel, range, values);
        var (width, height) = PanelImage.SizeOf(png);
        if ((width, height) != (ImageWidth, ImageHeight))
        {
            // Grafana says that it cannot draw in a picture of its own, with status 200; such a picture has a size of its own, too.
            throw new ToolException(
                $"Grafana answered with a picture of {width}x{height} where {ImageWidth}x{ImageHeight} was asked: the picture it keeps for saying that it cannot draw. "
                + $"The image renderer (grafana-image-renderer) is missing, too busy or timed out. Use grafana_query_panel, or open {link}.");
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(png));
        var saved = options.ImageFolder is { } folder ? await SaveAsync(folder, id, panel, digest, png, cancellationToken) : null;
        return new ToolResult.Found(
            new PanelImageResult(width, height, png.Length, digest, saved),
            new Evidence(Source, $"panel {panel} of dashboard {id}: {shown.Title}")
            {
                Range = range,
                Link = link,
                Notes = [.. defaults, .. saved is null ? [$"The picture was not kept; set {GrafanaOptions.Section}:ImageFolder to keep it."] : Array.Empty<string>()],
            });
    }

    private static IEnumerable<string> Unanswered(IEnumerable<PanelQueryResult> results) =>
        results.Where(result => result.NotAnswered is not null).Select(result => $"{result.RefId} was not answered: {result.NotAnswered}.");

    private static Plot? PlotOf(string title, PanelAnswers answers)
    {
        // One scale of time: lines of another step would be drawn against the wrong moments.
        PlotLine[] lines = [.. answers.Queries.SelectMany(query => query.Lines).GroupBy(line => line.Values.Count).FirstOrDefault()?.AsEnumerable() ?? []];
        return lines.Length > 0 ? new Plot(title, lines) : null;
    }

    /// <summary>The name is made of checked parts only, and the same picture has the same name.</summary>
    private static async Task<string> SaveAsync(string folder, GrafanaUid uid, int panel, string digest, byte[] png, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetFullPath(folder), string.Create(CultureInfo.InvariantCulture, $"{uid}-{panel}-{digest[..16]}.png"));
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(path, png, cancellationToken);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The picture was drawn but could not be kept in {folder} ({e.GetType().Name}). Check {GrafanaOptions.Section}:ImageFolder.", e);
        }
    }
}
