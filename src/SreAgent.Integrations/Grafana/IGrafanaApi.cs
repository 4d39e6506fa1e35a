using SreAgent.Core.Time;

namespace SreAgent.Integrations.Grafana;

/// <summary>
/// The parts of Grafana's HTTP API this host uses, a method per endpoint. Every method throws <see cref="Core.Tools.ToolException"/> when it
/// is refused.
/// </summary>
internal interface IGrafanaApi
{
    /// <summary>GET /api/health. Asks for no token.</summary>
    Task<GrafanaHealth> HealthAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/search?type=dash-db.</summary>
    Task<IReadOnlyList<DashboardHit>> SearchAsync(DashboardSearch search, CancellationToken cancellationToken);

    /// <summary>GET /api/dashboards/uid/{uid}.</summary>
    Task<DashboardAnswer> DashboardAsync(GrafanaUid uid, CancellationToken cancellationToken);

    /// <summary>GET /api/datasources. Takes more rights than looking at dashboards does.</summary>
    Task<IReadOnlyList<DataSource>> DataSourcesAsync(CancellationToken cancellationToken);

    /// <summary>GET or POST /api/datasources/proxy/uid/{uid}/{path}: a data source's own API, as far as <see cref="ProxyPath"/> lets through.</summary>
    Task<ProxiedAnswer> ProxyAsync(ProxyPath path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken);

    /// <summary>GET /render/d-solo/{uid}: one panel as a PNG. Slow.</summary>
    Task<byte[]> RenderAsync(PanelPicture picture, CancellationToken cancellationToken);

    /// <summary>GET /api/annotations.</summary>
    Task<IReadOnlyList<Annotation>> AnnotationsAsync(AnnotationSearch search, CancellationToken cancellationToken);

    /// <summary>POST /api/annotations.</summary>
    /// <returns>The new annotation's id.</returns>
    Task<long> CreateAnnotationAsync(NewAnnotation annotation, CancellationToken cancellationToken);

    /// <summary>PATCH /api/annotations/{id}: changes what is given and leaves the rest. The same twice is the same once.</summary>
    Task UpdateAnnotationAsync(long id, AnnotationUpdate update, CancellationToken cancellationToken);

    /// <summary>GET /api/prometheus/grafana/api/v1/rules: Grafana's own rules, in Prometheus' shape.</summary>
    Task<AlertRuleGroups> AlertRulesAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/alertmanager/grafana/api/v2/silences: of Grafana's own Alertmanager, in Alertmanager's shape.</summary>
    Task<IReadOnlyList<AlertSilence>> SilencesAsync(CancellationToken cancellationToken);
}

/// <param name="Words">In the title. Absent means any.</param>
/// <param name="Tags">All of them.</param>
internal sealed record DashboardSearch(string? Words, IReadOnlyList<string> Tags, int Limit);

/// <param name="Range">Absent means any time.</param>
/// <param name="Tags">All of them.</param>
/// <param name="Dashboard">Absent means everywhere.</param>
internal sealed record AnnotationSearch(TimeRange? Range, IReadOnlyList<string> Tags, GrafanaUid? Dashboard, int Limit);

/// <param name="Variables">As the address takes them, repeated for several values.</param>
internal sealed record PanelPicture(
    GrafanaUid Dashboard, int Panel, TimeRange Range, IReadOnlyList<KeyValuePair<string, string>> Variables, int Width, int Height, int? OrganizationId);
