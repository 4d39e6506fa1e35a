using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Tools;
using SreAgent.Host.Composition;
using SreAgent.Runtime.Tools;

namespace SreAgent.Host.Tests.Tools;

/// <summary>Every tool of an installation on which everything is configured. Nothing is connected to.</summary>
internal static class WholeCatalogue
{
    public static IReadOnlyList<Tool> Tools { get; } = Compose().All;

    private static ToolCatalogue Compose()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Prometheus:BaseUrl"] = "http://prometheus.example:9090",
            ["Integrations:Alertmanager:BaseUrl"] = "http://alertmanager.example:9093",
            ["Integrations:Fly:Token"] = "practice-fly-token",
            ["Integrations:GitHub:Token"] = "practice-github-token",
            ["Integrations:Grafana:BaseUrl"] = "http://grafana.example:3000",
            ["Integrations:Git:Root"] = Path.Combine(Path.GetTempPath(), "sre-agent-worktrees"),
            ["Integrations:Git:Repositories:checkout:Url"] = "https://git.example/shop/checkout.git",
        }).Build();
        return new ServiceCollection().AddSreAgent(configuration).BuildServiceProvider().GetRequiredService<ToolCatalogue>();
    }
}
