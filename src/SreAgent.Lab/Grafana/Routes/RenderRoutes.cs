namespace SreAgent.Lab.Grafana.Routes;

/// <summary>Pictures of panels, drawn from what the real Prometheus answers.</summary>
internal static class RenderRoutes
{
    private const int Smallest = 10;
    private const int Largest = 4000;

    /// <summary>Of the picture that says the plugin is missing, whatever size was asked for.</summary>
    private const int NoticeSize = 300;

    public static void Map(GrafanaMap map, PrometheusBehind prometheus) => map
        .OnRaw("GET", "/render/d-solo/{uid}", call => RenderAsync(call, prometheus))
        .OnRaw("GET", "/render/d-solo/{uid}/{slug}", call => RenderAsync(call, prometheus));

    private static async Task RenderAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        var picture = call.World.Renderer switch
        {
            GrafanaRenderer.Draws => await DrawAsync(call, prometheus),
            GrafanaRenderer.Missing => PanelDrawing.Notice(NoticeSize, NoticeSize),
            _ => throw new GrafanaRefusal(500, "Rendering failed."),
        };
        call.Context.Response.ContentType = "image/png";
        await call.Context.Response.Body.WriteAsync(PngImage.Encode(picture), call.Aborted);
    }

    private static async Task<Picture> DrawAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        var dashboard = DashboardRoutes.Found(call);
        var panel = dashboard.Panels.FirstOrDefault(known => known.Id.ToString() == call.Query("panelId")?.Replace("panel-", "", StringComparison.Ordinal)) ?? throw GrafanaRefusal.NotFound("Panel");
        var range = PanelRange.Of(call.Query("from"), call.Query("to"), call.World.Now);
        var answer = await prometheus.QueryRangeAsync(Expression(call, dashboard, panel), range.From, range.To, PanelRange.Step(range), call.Aborted);
        return PanelDrawing.Of(answer.Series, range, Size(call, "width", 1000), Size(call, "height", 500));
    }

    /// <summary>With its variables put in: those of the address before the dashboard's own.</summary>
    private static string Expression(GrafanaCall call, GrafanaDashboardSeed dashboard, GrafanaPanelSeed panel) =>
        dashboard.Variables
            .Aggregate(panel.Expression, (expression, variable) => Put(expression, variable.Key, call.Query($"var-{variable.Key}") ?? variable.Value))
            .Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$__interval", "1m", StringComparison.Ordinal);

    private static string Put(string expression, string name, string value) =>
        expression.Replace($"${{{name}}}", value, StringComparison.Ordinal).Replace($"${name}", value, StringComparison.Ordinal);

    private static int Size(GrafanaCall call, string name, int otherwise) => (int)Math.Clamp(call.QueryNumber(name) ?? otherwise, Smallest, Largest);
}
