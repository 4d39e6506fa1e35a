using System.Text.Json;

namespace SreAgent.Integrations.Grafana;

/// <summary>A dashboard as far as this host understands it. Whatever is missing or of another kind than expected is absent, not a fault.</summary>
internal sealed record Dashboard(
    string Title, IReadOnlyList<string> Tags, IReadOnlyList<DashboardVariable> Variables, IReadOnlyList<Panel> Panels, JsonElement Json)
{
    public static Dashboard From(JsonElement json) => new(
        json.Text("title") ?? "",
        json.Texts("tags"),
        [.. json.Member("templating").Items("list").Select(DashboardVariable.From).OfType<DashboardVariable>()],
        [.. Flatten(json, row: null)],
        json);

    /// <summary>Rows hold panels when they are folded; unfolded, the panels follow them.</summary>
    private static IEnumerable<Panel> Flatten(JsonElement parent, string? row)
    {
        foreach (var json in parent.Items("panels"))
        {
            if (json.Text("type") == "row")
            {
                row = json.Text("title");
                foreach (var inner in Flatten(json, row))
                {
                    yield return inner;
                }
            }
            else if (Panel.From(json, row) is { } panel)
            {
                yield return panel;
            }
        }
    }
}

/// <param name="Row">The heading it stands under.</param>
/// <param name="Library">It is kept elsewhere, so that its queries may be missing here.</param>
/// <param name="Repeated">The variable it is repeated for.</param>
internal sealed record Panel(int Id, string Title, string Type, string? Row, IReadOnlyList<PanelTarget> Targets)
{
    public string? Description { get; init; }

    public bool Library { get; init; }

    public string? Repeated { get; init; }

    /// <summary>The shortest step, as written: <c>30s</c>, <c>&gt;1m</c>, <c>$interval</c>.</summary>
    public string? Interval { get; init; }

    public int? MaxDataPoints { get; init; }

    public string? Unit { get; init; }

    public static Panel? From(JsonElement json, string? row)
    {
        if (json.Number("id") is not { } id)
        {
            return null;
        }

        var source = DataSourceReference.From(json.Member("datasource"));
        return new Panel(id, json.Text("title") ?? "", json.Text("type") ?? "", row, [.. json.Items("targets").Select(target => PanelTarget.From(target, source))])
        {
            Description = json.Text("description"),
            Library = json.Member("libraryPanel").ValueKind == JsonValueKind.Object,
            Repeated = json.Text("repeat"),
            Interval = json.Text("interval"),
            MaxDataPoints = json.Number("maxDataPoints"),
            Unit = json.Member("fieldConfig").Member("defaults").Text("unit"),
        };
    }
}

/// <summary>One query of a panel.</summary>
/// <param name="Expression">Absent when it is not a PromQL-like query.</param>
/// <param name="Instant">Asks for one moment instead of the window.</param>
internal sealed record PanelTarget(string RefId, string? Expression, bool Hidden, bool Instant, string? Legend, string? Interval, DataSourceReference DataSource)
{
    public static PanelTarget From(JsonElement json, DataSourceReference ofPanel)
    {
        var own = DataSourceReference.From(json.Member("datasource"));
        return new PanelTarget(
            json.Text("refId") ?? "",
            json.Text("expr"),
            json.Flag("hide"),
            json.Flag("instant") && !json.Flag("range"),
            json.Text("legendFormat"),
            json.Text("interval"),
            own.IsDefault ? ofPanel : own);
    }
}

/// <summary>How a panel names where its data is: by uid and type, by name as older ones do, or not at all, which means the default one.</summary>
internal sealed record DataSourceReference(string? Type, string? UidOrName)
{
    public bool IsDefault => UidOrName is null;

    public static DataSourceReference From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new DataSourceReference(Type: null, json.GetString() is { Length: > 0 } name and not "default" ? name : null),
        JsonValueKind.Object => new DataSourceReference(json.Text("type"), json.Text("uid") is { Length: > 0 } uid and not "default" ? uid : null),
        _ => new DataSourceReference(Type: null, UidOrName: null),
    };
}

/// <param name="Type">query, custom, interval, datasource, constant, textbox, adhoc...</param>
/// <param name="Values">Those chosen when the dashboard was saved.</param>
/// <param name="Options">All there are, as far as the dashboard itself lists them.</param>
/// <param name="AllValue">What stands for all of them, when its author decided.</param>
internal sealed record DashboardVariable(string Name, string Type, IReadOnlyList<string> Values, IReadOnlyList<string> Options, string? AllValue, bool Many)
{
    public const string All = "$__all";

    public static DashboardVariable? From(JsonElement json)
    {
        if (json.Text("name") is not { Length: > 0 } name)
        {
            return null;
        }

        var type = json.Text("type") ?? "";
        var current = json.Member("current").TextOrTexts("value");
        return new DashboardVariable(
            name,
            type,
            current.Count == 0 && type is "constant" or "textbox" && json.Text("query") is { Length: > 0 } written ? [written] : current,
            [.. json.Items("options").SelectMany(option => option.TextOrTexts("value")).Where(value => value != All)],
            json.Text("allValue") is { Length: > 0 } all ? all : null,
            json.Flag("multi") || json.Flag("includeAll"));
    }
}
