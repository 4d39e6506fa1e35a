using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Host.Composition;
using SreAgent.Lab;

namespace SreAgent.Host.Tests.Composition;

public class LabSettingsTests
{
    private static readonly Uri Door = new("http://127.0.0.1:4000/");

    [Fact]
    public void Only_what_runs_is_connected_and_everything_counts_as_practice()
    {
        var settings = LabSettings.For([new LabEndpoint("prometheus", new Uri("http://127.0.0.1:9090/")), new LabEndpoint("front-door", Door)]);

        Assert.Equal("http://127.0.0.1:9090/", settings["Integrations:Prometheus:BaseUrl"]);
        Assert.Equal("practice", settings["Integrations:Prometheus:Environment"]);
        Assert.Equal("practice", settings["Guardrails:DefaultEnvironment"]);
        Assert.DoesNotContain(settings.Keys, key => key.StartsWith("Integrations:", StringComparison.Ordinal) && !key.StartsWith("Integrations:Prometheus:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fly", "Fly")]
    [InlineData("github", "GitHub")]
    [InlineData("grafana", "Grafana")]
    public void A_simulated_vendor_is_connected_with_its_token(string endpoint, string integration)
    {
        var settings = LabSettings.For([new LabEndpoint(endpoint, new Uri("http://127.0.0.1:5000/"), "practice-token")]);

        Assert.Equal("http://127.0.0.1:5000/", settings[$"Integrations:{integration}:BaseUrl"]);
        Assert.Equal("practice-token", settings[$"Integrations:{integration}:Token"]);
        Assert.Equal("practice", settings[$"Integrations:{integration}:Environment"]);
        Assert.Equal(integration == "Fly", settings.ContainsKey("Integrations:Fly:RegistryUrl"));
    }

    [Fact]
    public async Task The_catalogue_knows_the_fleet()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(LabSettings.For([new LabEndpoint("front-door", Door)])).Build();
        await using var services = new ServiceCollection().AddSreAgent(configuration).BuildServiceProvider();

        var catalogue = services.GetRequiredService<IServiceCatalogue>();

        Assert.Equal(["checkout", "inventory", "payments", "recommendations"], catalogue.All.Select(service => service.Name));
        var checkout = catalogue.Find("checkout")!; // Listed above.
        Assert.Equal(("practice", "checkout", "practice/checkout", "service=\"checkout\""), (checkout.Environment, checkout.FlyApp, checkout.Repository, checkout.MetricSelector));
        Assert.Equal("http://127.0.0.1:4000/checkout/healthz", configuration["Services:checkout:Endpoints:health:Url"]);
        Assert.Contains("$window", configuration["Services:checkout:Slos:availability:Good"], StringComparison.Ordinal);
    }
}
