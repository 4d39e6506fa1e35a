using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Integrations;
using SreAgent.Core.Policy;
using SreAgent.Host.Composition;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Composition;

public partial class DeploysPageTests
{
    [Fact]
    public void The_examples_of_the_manual_are_settings_without_a_mistake()
    {
        var examples = JsonBlock().Matches(File.ReadAllText(RepositoryRoot.Path("docs", "deploys.md"))).Select(match => match.Groups["json"].Value).ToArray();
        var settings = $$"""{ {{examples[0]}}, "Guardrails": { "Environments": { "production": {} }, "Rules": [ {{examples[1]}} ] } }""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings))).Build();
        using var provider = new ServiceCollection().AddSreAgent(configuration).BuildServiceProvider();

        Assert.Empty(provider.GetServices<ISettingsCheck>().SelectMany(check => check.Problems));
        Assert.Equal(ErrorBudgetState.Spent, Assert.Single(provider.GetRequiredService<GuardrailPolicyReading>().Policy!.Rules).ErrorBudget);
        var checkout = provider.GetRequiredService<IServiceCatalogue>().Find("checkout")!;
        Assert.Equal(("acme-checkout", 2, 2, TimeSpan.FromMinutes(5)), (checkout.FlyApp, checkout.Slos.Count, checkout.Endpoints.Count, checkout.Rollouts.Soak));
    }

    [GeneratedRegex(@"```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonBlock();
}
