using SreAgent.Lab.Grafana;

namespace SreAgent.Testing.Grafana;

/// <summary>A small Grafana for tests, over the known history of <see cref="Servers.RealPrometheus"/>.</summary>
public static class SampleGrafana
{
    public const string Token = "glsa_sample0editor";

    public const string ViewerToken = "glsa_sample0viewer";

    public static GrafanaSeed Seed(Uri prometheus) => new(prometheus)
    {
        Tokens = [new(Token, "sa-1-sre-agent"), new(ViewerToken, "sa-2-viewer", MayWrite: false)],
        Dashboards =
        [
            new("checkout", "Checkout service", new(1, "Depth", "demo_depth{service=\"$service\"}"), new(2, "Rate", "rate(demo_requests_total[$__rate_interval])", "reqps"))
            {
                Folder = "Services",
                Tags = ["service", "checkout"],
                Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["service"] = "checkout" },
            },
            new("fleet", "Fleet", new GrafanaPanelSeed(1, "Load", "fleet_load")) { Tags = ["service"] },
        ],
        AlertRules =
        [
            new("deep", "DepthHigh", "Services", "depth", "demo_depth > 400") { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["severity"] = "page" } },
            new("broken", "Broken", "Services", "depth", "not promql("),
        ],
    };
}
