using SreAgent.Testing.Specs;

namespace SreAgent.Testing.Grafana;

/// <summary>Where Grafana departs from the description it published in 9.x, for a <see cref="RecordingHandler"/>.</summary>
public static class GrafanaDeviations
{
    /// <summary>Path of the description inside the folder of <see cref="VendorSpecs.Require"/>.</summary>
    public const string Description = "grafana/api-merged-swagger2.trimmed.json";

    public static KnownDeviation[] All =>
    [
        new("/api/health: the path is not", "Described since; used by every Grafana before."),
        new("/api/prometheus/grafana/*the path is not", "In Prometheus' shape, as Grafana's prose says; not in this file."),
        new("/api/alertmanager/grafana/*the path is not", "In Alertmanager's shape, as Grafana's prose says; not in this file."),
        new("/render/d-solo/*the path is not", "Not under /api and in no description: prose only."),
        new("POST /datasources/proxy/uid/{uid}/{datasource_proxy_route}: response 200 is not declared", "The data source's own status passes through; the description names 201 and 202."),
        new("/datasources/proxy/uid/{uid}/{datasource_proxy_route}: query parameter", "The data source's own parameters pass through."),
        new("/datasources/proxy/uid/{uid}/{datasource_proxy_route}: response 400:", "A data source's own error passes through."),
        new("/datasources/proxy/uid/{uid}/{datasource_proxy_route}: response 422 is not declared", "A data source's own status passes through."),
        new("/datasources/proxy/uid/{uid}/{datasource_proxy_route}: response 502 is not declared", "What Grafana answers when the data source does not."),
        new("/datasources/uid/{uid}/health: response 200: $.status is not declared", "The prose shows it: status OK beside the message."),
        new("GET /datasources/uid/{uid}/health: response 404 is not declared", "Every lookup by uid answers 404 for an unknown one."),
        new("POST /ds/query: response 200: $.results is not declared", "The description shows the Go type's name, Responses; its JSON name is results."),
        new("POST /ds/query: response 207: $.results is not declared", "The same."),
        new("POST /ds/query: response 400: $.", "A query's own error comes with results, not as an error body."),
        new("GET /search: query parameter folderUIDs is not declared", "Newer than the description; the client Grafana publishes has it."),
        new("GET /annotations/{annotation_id}: response 404 is not declared", "Every lookup answers 404 for an unknown one."),
        new("POST /annotations: response 404 is not declared", "An unknown dashboard is 404."),
    ];
}
