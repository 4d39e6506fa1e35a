using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Prometheus;

/// <summary>What a Prometheus is told to collect.</summary>
internal sealed class ScrapeStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        foreach (var job in document.Items("scrape_configs"))
        {
            // Prometheus collecting from itself shows nothing about a service.
            if (job.Entry("job_name") is { Value: YamlScalar { Value: var name } } entry && name is not "prometheus" && name.Length > 0)
            {
                yield return text.State(StatementKind.Telemetry, "scrape target", entry.Line, job.EndLine, $"Metrics of {name} are collected at {job.Text("metrics_path") ?? "/metrics"}.",
                    ("signal", "metrics"), ("service", name), ("path", job.Text("metrics_path")));
            }
        }
    }
}
