namespace SreAgent.Lab.Grafana.Routes;

/// <summary>Rules Grafana evaluates itself, in Prometheus' shape; each is asked of the real Prometheus at that moment.</summary>
internal static class AlertRoutes
{
    public static void Map(GrafanaMap map, PrometheusBehind prometheus) => map.On("GET", "/api/prometheus/grafana/api/v1/rules", call => RulesAsync(call, prometheus));

    private static async Task<object> RulesAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        var groups = new List<object>();
        foreach (var group in call.World.Seed.AlertRules.GroupBy(rule => (rule.Folder, rule.Group)))
        {
            var rules = new List<object>();
            foreach (var rule in group)
            {
                rules.Add(Wire(rule, await prometheus.QueryAsync(rule.Expression, call.World.Now, call.Aborted), call.World));
            }

            groups.Add(new { name = group.Key.Group, file = group.Key.Folder, folderUid = call.World.FolderUid(group.Key.Folder), rules, interval = 10, lastEvaluation = call.World.Now, evaluationTime = 0.01 });
        }

        return new { status = "success", data = new { groups } };
    }

    private static object Wire(GrafanaAlertRuleSeed rule, PrometheusAnswer answer, GrafanaWorld world) => new
    {
        uid = rule.Uid,
        name = rule.Title,
        folderUid = world.FolderUid(rule.Folder),
        state = answer.Series.Count > 0 ? "firing" : "inactive",
        query = rule.Expression,
        duration = rule.For.TotalSeconds,
        labels = rule.Labels,
        annotations = rule.Annotations,
        health = answer.Error is null ? "ok" : "error",
        lastError = answer.Error ?? "",
        type = "alerting",
        lastEvaluation = world.Now,
        evaluationTime = 0.01,
        alerts = answer.Series.Select(series => new
        {
            labels = series.Labels.Concat(rule.Labels).Append(KeyValuePair.Create("alertname", rule.Title)).DistinctBy(label => label.Key, StringComparer.Ordinal)
                .ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
            annotations = rule.Annotations,
            state = "Alerting",
            activeAt = world.Now,
            value = $"{series.Samples[^1].Value}",
        }).ToArray(),
    };
}
