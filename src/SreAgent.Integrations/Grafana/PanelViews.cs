namespace SreAgent.Integrations.Grafana;

/// <summary>What grafana_query_panel answers with.</summary>
internal sealed record PanelResult(int Panel, string Title, string? Unit, IReadOnlyList<PanelQueryResult> Queries);

/// <param name="Expression">As it was asked, variables replaced.</param>
/// <param name="Step">Between two points. Absent for a single moment, or when it was not asked.</param>
/// <param name="Series">How many there are; <paramref name="Result"/> holds those with the highest values.</param>
internal sealed record PanelQueryResult(string RefId, string? Expression, string? Step, int Series, IReadOnlyList<PanelSeries> Result)
{
    /// <summary>Why there is no answer.</summary>
    public string? NotAnswered { get; init; }
}

/// <summary>One series in a few numbers; minimum, median and maximum are over its finite samples.</summary>
/// <param name="Name">As the panel's legend calls it.</param>
/// <param name="Missing">Points of the window without a sample.</param>
internal sealed record PanelSeries(
    string Name, IReadOnlyDictionary<string, string> Labels, double Last, double? Min, double? Median, double? Max, int Points, int Missing, string Sparkline);

/// <summary>What grafana_render_panel answers with. The picture itself is for people.</summary>
/// <param name="SavedTo">Absent when no folder is configured.</param>
internal sealed record PanelImageResult(int Width, int Height, int Bytes, string Sha256, string? SavedTo);
