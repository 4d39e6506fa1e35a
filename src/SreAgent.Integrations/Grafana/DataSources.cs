using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Turns a panel's way of naming its data source into a uid and a type.</summary>
/// <param name="known">All there are. Absent when the token may not list them.</param>
/// <param name="because">Why they are absent.</param>
internal sealed class DataSources(IReadOnlyList<DataSource>? known, string? because)
{
    /// <summary>Those that answer Prometheus' API under its own paths.</summary>
    private static readonly string[] Promethean = ["prometheus", "grafana-amazonprometheus-datasource", "grafana-azureprometheus-datasource"];

    public static async Task<DataSources> ReadAsync(IGrafanaApi api, CancellationToken cancellationToken)
    {
        try
        {
            return new DataSources(await api.DataSourcesAsync(cancellationToken), because: null);
        }
        catch (ToolException e)
        {
            return new DataSources(known: null, e.Message);
        }
    }

    /// <returns>What to ask, or why it cannot be asked.</returns>
    public (GrafanaUid? Uid, TimeSpan? Scrape, string? Problem) Find(DataSourceReference reference, PanelVariables variables)
    {
        var (name, left) = variables.Replace(reference.UidOrName ?? "");
        if (left.Count > 0)
        {
            return Cannot($"its data source is {reference.UidOrName}, which has no value; give variables");
        }

        if (name.StartsWith("-- ", StringComparison.Ordinal) || name is "grafana" or "__expr__" || reference.Type is "__expr__" or "datasource")
        {
            return Cannot($"it is computed by Grafana itself ({(name.Length > 0 ? name : reference.Type)}), not asked of a data source");
        }

        var found = known?.FirstOrDefault(source => name.Length == 0 || name == "default" ? source.IsDefault : source.Uid == name || source.Name == name);
        var type = found?.Type ?? reference.Type;
        var uid = GrafanaUid.TryParse(found?.Uid ?? name);
        return type is null || uid is null ? Cannot(
                known is null ? $"its data source {Named(name)} could not be looked up: {because}" : $"Grafana has no data source {Named(name)}")
            : !Promethean.Contains(type, StringComparer.Ordinal) ? Cannot($"its data source is of type {type}; only Prometheus ones can be asked here, so open the link")
            : (uid, PanelInterval.Parse(found?.JsonData?.TimeInterval), null);

        static (GrafanaUid?, TimeSpan?, string?) Cannot(string why) => (null, null, why);
    }

    private static string Named(string name) => name.Length == 0 ? "(the default one)" : $"'{name}'";
}
