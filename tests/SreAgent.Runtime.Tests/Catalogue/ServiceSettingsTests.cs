using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Integrations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Tests.Catalogue;

public class ServiceSettingsTests
{
    [Theory]
    [InlineData("99.9%", 0.999)]
    [InlineData("99.9 %", 0.999)]
    [InlineData("0.999", 0.999)]
    [InlineData("50%", 0.5)]
    public void An_objective_is_a_share_or_a_percentage(string text, double objective) =>
        Assert.Equal(objective, Assert.Single(Read(text).Services.Find("checkout")!.Slos).Objective, 12);

    [Theory]
    [InlineData("99.9", "could be a share or a percentage; say 99.9% or 0.999.")]
    [InlineData("1", "it takes a share")]
    [InlineData("100%", "it takes a share")]
    [InlineData("0.999%", "it takes a share")]
    [InlineData("-1", "it takes a share")]
    [InlineData("", "is required")]
    public void An_objective_that_could_mean_two_things_or_none_is_refused(string text, string says) =>
        Assert.Contains(says, Assert.Single(Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void Everything_stated_reaches_the_catalogue()
    {
        var service = Read("99.9%", ("Endpoints:health:Url", "http://checkout.test/health"), ("Endpoints:health:Contains", "ok"), ("Rollouts:SoakSeconds", "30"),
            ("Rollouts:RequireGreen", "false"), ("Rollouts:Preflight:0", "make"), ("Rollouts:Preflight:1", "check")).Services.Find("checkout")!;
        Assert.Equal(TimeSpan.FromDays(30), service.Slos[0].Window);
        Assert.Equal(("health", 200, "ok"), (service.Endpoints[0].Name, service.Endpoints[0].Status, service.Endpoints[0].Contains));
        Assert.Equal(TimeSpan.FromSeconds(30), service.Rollouts.Soak);
        Assert.False(service.Rollouts.RequireGreen);
        Assert.Equal(["make", "check"], service.Rollouts.Preflight);
    }

    [Fact]
    public void Every_mistake_is_reported_at_once_with_its_path()
    {
        var problems = Read(
            "99.9%", ("Slos:availability:Good", "increase(good[5m])"), ("Slos:availability:Window", "10m"), ("Endpoints:health:Url", "ftp://x"), ("Endpoints:health:Status", "ok"),
            ("Rollouts:RequireGreen", "maybe"), ("Rollouts:SoakSeconds", "2"), ("Rollouts:PreflightFolder", "/nowhere/at/all")).Problems;
        Assert.Collection(
            problems,
            one => Assert.StartsWith("Services:checkout:Slos:availability:Good must hold $window", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Slos:availability:Window", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Endpoints:health:Url", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Endpoints:health:Status", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Rollouts:RequireGreen", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Rollouts:PreflightFolder names the folder", one, StringComparison.Ordinal),
            one => Assert.StartsWith("Services:checkout:Rollouts:SoakSeconds must be a whole number from 5 to 3600", one, StringComparison.Ordinal));
    }

    private static (IServiceCatalogue Services, string[] Problems) Read(string objective, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Services:checkout:Slos:availability:Objective"] = objective,
            ["Services:checkout:Slos:availability:Good"] = "good[$window]",
            ["Services:checkout:Slos:availability:Total"] = "all[$window]",
        };
        foreach (var (name, value) in more)
        {
            settings[$"Services:checkout:{name}"] = value;
        }

        var services = new ServiceCollection().AddGuardrail(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        return (services.GetRequiredService<IServiceCatalogue>(), [.. services.GetServices<ISettingsCheck>().SelectMany(check => check.Problems)]);
    }
}
