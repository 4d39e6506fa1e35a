using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>Plays and roles of Ansible that put agents of monitoring onto hosts.</summary>
internal sealed partial class AnsibleStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        // A play says where it runs; what a role is made of stands in its meta.
        var roles = document is YamlList plays ? plays.Elements.Where(play => play.At("hosts") is not null).SelectMany(play => play.Items("roles"))
            : text.Path.EndsWith("meta/main.yml", StringComparison.Ordinal) || text.Path.EndsWith("meta/main.yaml", StringComparison.Ordinal) ? document.Items("dependencies")
            : [];
        foreach (var role in roles)
        {
            if (((role as YamlScalar)?.Value ?? role.Text("role") ?? role.Text("name")) is { } name && Agent().Match(name) is { Success: true } agent)
            {
                yield return text.StateByName(StatementKind.Telemetry, "agent of monitoring", role.Line, name, $"Role {name} puts {agent.Value.ToLowerInvariant()} onto its hosts.", ("signal", "metrics"), ("role", name));
                yield break;
            }
        }
    }

    [GeneratedRegex(@"telegraf|node[-_]?exporter|prometheus|new[-_]?relic|datadog|zabbix|nagios|icinga|collectd|sensu|netdata|munin|grafana[-_]?(agent|alloy)|filebeat|metricbeat|fluent[-_]?(bit|d)|promtail", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Agent();
}
