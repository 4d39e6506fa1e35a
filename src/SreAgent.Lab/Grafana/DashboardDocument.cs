using System.Text.Json.Nodes;

namespace SreAgent.Lab.Grafana;

/// <summary>A dashboard's own JSON, as Grafana stores it.</summary>
internal static class DashboardDocument
{
    /// <summary>Panels stand two in a row.</summary>
    private const int Width = 12;

    private const int Height = 8;

    public static JsonObject Of(GrafanaDashboardSeed dashboard, string dataSource) => new()
    {
        ["id"] = 1,
        ["uid"] = dashboard.Uid,
        ["title"] = dashboard.Title,
        ["tags"] = new JsonArray([.. dashboard.Tags.Select(tag => (JsonNode)tag)]),
        ["timezone"] = "browser",
        ["schemaVersion"] = 39,
        ["version"] = 1,
        ["refresh"] = "10s",
        ["time"] = new JsonObject { ["from"] = "now-30m", ["to"] = "now" },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([.. dashboard.Variables.Select(variable => Constant(variable.Key, variable.Value))]) },
        ["annotations"] = new JsonObject { ["list"] = new JsonArray() },
        ["panels"] = new JsonArray([.. dashboard.Panels.Select((panel, i) => Panel(panel, i, dataSource))]),
    };

    private static JsonObject Constant(string name, string value) => new()
    {
        ["name"] = name,
        ["type"] = "custom",
        ["query"] = value,
        ["multi"] = false,
        ["includeAll"] = false,
        ["current"] = new JsonObject { ["text"] = value, ["value"] = value, ["selected"] = true },
        ["options"] = new JsonArray(new JsonObject { ["text"] = value, ["value"] = value, ["selected"] = true }),
    };

    private static JsonObject Panel(GrafanaPanelSeed panel, int place, string dataSource) => new()
    {
        ["id"] = panel.Id,
        ["type"] = "timeseries",
        ["title"] = panel.Title,
        ["datasource"] = Source(dataSource),
        ["gridPos"] = new JsonObject { ["h"] = Height, ["w"] = Width, ["x"] = place % 2 * Width, ["y"] = place / 2 * Height },
        ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = panel.Unit }, ["overrides"] = new JsonArray() },
        ["targets"] = new JsonArray(new JsonObject
        {
            ["refId"] = "A",
            ["expr"] = panel.Expression,
            ["legendFormat"] = "__auto",
            ["range"] = true,
            ["datasource"] = Source(dataSource),
        }),
    };

    private static JsonObject Source(string uid) => new() { ["type"] = "prometheus", ["uid"] = uid };
}
