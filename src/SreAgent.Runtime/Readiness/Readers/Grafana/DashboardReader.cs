using System.Text;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>Grafana dashboards kept as files.</summary>
internal sealed class DashboardReader : IStatementReader
{
    private static readonly LiteralScreen Panels = new("\"panels\"", "\"rows\"");

    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && (file.Path.Contains("dashboard", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("grafana", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("monitoring", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("observability", StringComparison.OrdinalIgnoreCase));

    public bool MayState(string path, ReadOnlySpan<byte> content) => Panels.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text) => DashboardFacts.Of(text, Encoding.UTF8.GetBytes(text.Text), 1);
}
