using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>A dashboard as Grafana keeps it, panel by panel.</summary>
internal sealed class DashboardBuilder
{
    private readonly JsonArray _panels = [];
    private readonly JsonArray _variables = [];

    /// <summary>With the envelope GET /api/dashboards/uid/{uid} puts around it.</summary>
    public string Answer => JsonSerializer.Serialize(new JsonObject
    {
        ["dashboard"] = new JsonObject
        {
            ["uid"] = "shop",
            ["title"] = "Checkout",
            ["tags"] = new JsonArray("shop", "slo"),
            ["templating"] = new JsonObject { ["list"] = _variables.DeepClone() },
            ["panels"] = _panels.DeepClone(),
        },
        ["meta"] = new JsonObject { ["folderTitle"] = "Services", ["version"] = 7, ["updated"] = "2026-11-01T08:00:00Z", ["updatedBy"] = "ada" },
    });

    public DashboardBuilder Panel(int id, string title, params JsonObject[] targets) => Panel(id, title, "prom", targets);

    public DashboardBuilder Panel(int id, string title, string sourceUid, params JsonObject[] targets) =>
        Panel(new JsonObject
        {
            ["id"] = id,
            ["title"] = title,
            ["type"] = "timeseries",
            ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = sourceUid },
            ["targets"] = new JsonArray([.. targets]),
        });

    public DashboardBuilder Panel(JsonObject panel)
    {
        _panels.Add(panel);
        return this;
    }

    public DashboardBuilder Variable(string name, JsonNode? value, bool multi = false, string? allValue = null, string type = "query", params string[] options)
    {
        _variables.Add(new JsonObject
        {
            ["name"] = name,
            ["type"] = type,
            ["multi"] = multi,
            ["includeAll"] = allValue is not null || multi,
            ["allValue"] = allValue,
            ["current"] = new JsonObject { ["text"] = "shown", ["value"] = value },
            ["options"] = new JsonArray([.. options.Select(option => new JsonObject { ["value"] = option })]),
        });
        return this;
    }

    public static JsonObject Query(string expression, string refId = "A", string? legend = null, bool instant = false, bool hidden = false) =>
        new() { ["refId"] = refId, ["expr"] = expression, ["legendFormat"] = legend, ["instant"] = instant, ["range"] = !instant, ["hide"] = hidden };
}
