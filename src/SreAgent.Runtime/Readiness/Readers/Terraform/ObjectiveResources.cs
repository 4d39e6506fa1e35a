using System.Globalization;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Objectives as resources: Datadog, Google Cloud, Grafana, Nobl9, New Relic, Dynatrace, Elastic.</summary>
internal sealed class ObjectiveResources : IResourceStatements
{
    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name)
    {
        var target = type switch
        {
            "datadog_service_level_objective" => resource.All("thresholds").Select(threshold => threshold.Attribute("target")).FirstOrDefault(),
            "google_monitoring_slo" => resource.Attribute("goal"),
            "grafana_slo" => resource.All("objectives").Select(objective => objective.Attribute("value")).FirstOrDefault(),
            "nobl9_slo" => resource.All("objective").Select(objective => objective.Attribute("target")).FirstOrDefault(),
            "newrelic_service_level" => resource.All("objective").Select(objective => objective.Attribute("target")).FirstOrDefault(),
            "dynatrace_slo" or "dynatrace_slo_v2" => resource.Attribute("target") ?? resource.Attribute("target_success"),
            "elasticstack_kibana_slo" => resource.All("objective").Select(objective => objective.Attribute("target")).FirstOrDefault(),
            _ => null,
        };
        if (target is null)
        {
            yield break;
        }

        var window = resource.All("thresholds").Select(threshold => threshold.Text("timeframe")).FirstOrDefault()
            ?? (resource.Text("rolling_period_days") is { } days ? $"{days}d" : null)
            ?? resource.All("objectives").Select(objective => objective.Text("window")).FirstOrDefault();
        var value = decimal.TryParse(target.Value, CultureInfo.InvariantCulture, out var number) ? (number <= 1 ? number * 100m : number).ToString("0.#####", CultureInfo.InvariantCulture) : target.Value;
        var shown = resource.Text("display_name") ?? resource.Text("name") ?? name;
        yield return text.State(StatementKind.SloObjective, "objective", target.Line, target.EndLine, $"Objective {shown}: {value} %{(window is null ? "" : $" over {window}")}.",
            ("objective", value), ("name", shown), ("window", window), ("service", resource.Text("service")), ("format", type));
    }
}
