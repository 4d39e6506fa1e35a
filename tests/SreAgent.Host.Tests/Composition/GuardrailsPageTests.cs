using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Composition;

public partial class GuardrailsPageTests
{
    [Fact]
    public void The_examples_of_the_manual_are_a_policy()
    {
        var examples = JsonBlock().Matches(File.ReadAllText(RepositoryRoot.Path("docs", "guardrails.md"))).Select(match => match.Groups["json"].Value).ToArray();
        Assert.Equal(2, examples.Length);
        var settings = $$"""{ {{examples[0]}} }""";
        var inner = $$"""{ "Guardrails": { {{examples[1]}} } }""";
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(settings)))
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(inner)))
            .Build();
        var options = new GuardrailOptions();
        configuration.GetSection(GuardrailOptions.Section).Bind(options);

        var reading = GuardrailPolicyReader.Read(options);

        Assert.Empty(reading.Problems);
        Assert.Equal(["weekend-freeze", "long-silences", "schedules-only-look"], reading.Policy!.Rules.Select(rule => rule.Name));
    }

    [GeneratedRegex(@"```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonBlock();
}
