using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Integrations;
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
    public async Task Every_service_has_a_repository_to_make_worktrees_of()
    {
        var settings = LabSettings.For([new LabEndpoint("git", new Uri("file:///tmp/repositories/"))], "/tmp/worktrees");
        await using var services = new ServiceCollection().AddSreAgent(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();

        Assert.Equal("/tmp/repositories/inventory.git", settings["Integrations:Git:Repositories:inventory:Url"]);
        Assert.Null(services.GetServices<IIntegration>().Single(integration => integration.Name == "Git").DisabledBecause);
        Assert.All(services.GetRequiredService<IServiceCatalogue>().All, service => Assert.Contains($"Integrations:Git:Repositories:{service.Name}:Url", settings.Keys));
    }

    [Fact]
    public async Task Nobodys_real_systems_are_in_a_practice_world()
    {
        var own = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Agent:DefaultPersona"] = "kai",
            ["integrations:git:repositories:shop:Url"] = "https://git.example/shop.git",
            ["Integrations:GitHub:TokenFile"] = "/run/secrets/github",
            ["Services:shop:Repository"] = "acme/shop",
        }).Build();

        var settings = HostSettings.InPractice(own, LabSettings.For([new LabEndpoint("git", new Uri("file:///tmp/repositories/"))], "/tmp/worktrees"));
        await using var services = new ServiceCollection().AddSreAgent(settings).BuildServiceProvider();

        Assert.Equal("kai", settings["Agent:DefaultPersona"]);
        Assert.Null(settings["Integrations:GitHub:TokenFile"]);
        Assert.Null(settings["Integrations:Git:Repositories:shop:Url"]);
        Assert.DoesNotContain(services.GetRequiredService<IServiceCatalogue>().All, service => service.Name == "shop");
    }

    [Fact]
    public void Without_a_folder_for_worktrees_none_are_to_be_made() =>
        Assert.DoesNotContain(LabSettings.For([new LabEndpoint("git", new Uri("file:///tmp/repositories/"))]).Keys, key => key.StartsWith("Integrations:Git", StringComparison.Ordinal));

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
