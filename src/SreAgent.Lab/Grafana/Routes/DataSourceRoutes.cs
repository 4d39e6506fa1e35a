using Microsoft.AspNetCore.Http;

namespace SreAgent.Lab.Grafana.Routes;

/// <summary>The one data source, and the way through it to the real Prometheus.</summary>
internal static class DataSourceRoutes
{
    /// <summary>What Grafana's Prometheus plugin lists for POST; everything else by POST is refused.</summary>
    private static readonly string[] PostPaths = ["api/v1/query", "api/v1/query_range", "api/v1/series", "api/v1/labels", "api/v1/query_exemplars"];

    public static void Map(GrafanaMap map, PrometheusBehind prometheus)
    {
        map.On("GET", "/api/datasources", call => new[] { Wire(call.World.Seed, prometheus) })
            .On("GET", "/api/datasources/uid/{uid}", call => WholeWire(Known(call), prometheus))
            .On("GET", "/api/datasources/uid/{uid}/health", call => HealthAsync(call, prometheus));
        foreach (var method in (string[])["GET", "POST", "PUT", "DELETE"])
        {
            map.OnRaw(method, "/api/datasources/proxy/uid/{uid}/{**path}", call => ProxyAsync(call, prometheus));
        }
    }

    /// <exception cref="GrafanaRefusal">There is no such data source.</exception>
    private static GrafanaSeed Known(GrafanaCall call) => call.Value("uid") == call.World.Seed.DataSource ? call.World.Seed : throw GrafanaRefusal.NotFound("Data source");

    private static async Task<object> HealthAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        Known(call);
        var answer = await prometheus.QueryAsync("1+1", call.World.Now, call.Aborted);
        return answer.Error is null ? new { message = "Successfully queried the Prometheus API.", status = "OK" } : throw new GrafanaRefusal(400, answer.Error);
    }

    private static Task ProxyAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        Known(call);
        var path = call.Value("path");
        var method = call.Context.Request.Method;
        return HttpMethods.IsGet(method) || (HttpMethods.IsPost(method) && PostPaths.Contains(path, StringComparer.Ordinal))
            ? prometheus.PassAsync(call, path)
            : throw new GrafanaRefusal(403, $"non allow-listed {method}s not allowed on proxied Prometheus datasource");
    }

    private static object Wire(GrafanaSeed seed, PrometheusBehind prometheus) => new
    {
        id = 1,
        uid = seed.DataSource,
        orgId = 1,
        name = "Prometheus",
        type = "prometheus",
        typeName = "Prometheus",
        typeLogoUrl = "public/app/plugins/datasource/prometheus/img/prometheus_logo.svg",
        access = "proxy",
        url = prometheus.Address.ToString(),
        user = "",
        database = "",
        basicAuth = false,
        isDefault = true,
        jsonData = new { httpMethod = "POST", timeInterval = "1s" },
        readOnly = true,
    };

    private static object WholeWire(GrafanaSeed seed, PrometheusBehind prometheus) => new
    {
        id = 1,
        uid = seed.DataSource,
        orgId = 1,
        name = "Prometheus",
        type = "prometheus",
        typeLogoUrl = "public/app/plugins/datasource/prometheus/img/prometheus_logo.svg",
        access = "proxy",
        url = prometheus.Address.ToString(),
        user = "",
        database = "",
        basicAuth = false,
        basicAuthUser = "",
        withCredentials = false,
        isDefault = true,
        jsonData = new { httpMethod = "POST", timeInterval = "1s" },
        secureJsonFields = new { },
        version = 1,
        readOnly = true,
    };
}
