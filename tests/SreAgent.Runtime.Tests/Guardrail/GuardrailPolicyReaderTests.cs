using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

public class GuardrailPolicyReaderTests
{
    [Fact]
    public void Every_mistake_is_listed_at_once_with_its_path()
    {
        var options = new GuardrailOptions { Mode = "off", ApprovalMinutes = 0, DefaultEnvironment = "prod" };
        options.Environments["production"] = new EnvironmentOptions { ApproveVia = { "schedule" } };
        options.Freezes["weekend"] = new FreezeOptions { TimeZone = "Mars/Olympus", Weekly = "Caturday" };
        options.Rules.Add(new RuleOptions { Verdict = "maybe", Effects = { "read,write" }, During = { "holidays" }, Arguments = { new ArgumentOptions { Test = "equals" } } });

        var problems = GuardrailPolicyReader.Read(options).Problems;

        Assert.Collection(
            problems,
            problem => Assert.Equal("Guardrails:Mode is 'off'; it takes enforce, shadow.", problem),
            problem => Assert.StartsWith("Guardrails:ApprovalMinutes is 0", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:Environments:production:ApproveVia", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:DefaultEnvironment is 'prod'", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:Freezes:weekend:TimeZone is 'Mars/Olympus'", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:Freezes:weekend:Weekly is 'Caturday'", problem, StringComparison.Ordinal),
            problem => Assert.Equal("Guardrails:Rules:0:Name is required.", problem),
            problem => Assert.Equal("Guardrails:Rules:0:Reason is required.", problem),
            problem => Assert.StartsWith("Guardrails:Rules:0:During names 'holidays'", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:Rules:0:Verdict is 'maybe'; it takes allow, needs-approval, deny", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Guardrails:Rules:0:Effects:0 is 'read,write'", problem, StringComparison.Ordinal),
            problem => Assert.Equal("Guardrails:Rules:0:Arguments:0:Argument is required.", problem),
            problem => Assert.Equal("Guardrails:Rules:0:Arguments:0:Values must name what to compare with.", problem));
    }

    [Fact]
    public void Turning_the_mode_keeps_the_version_and_editing_a_rule_changes_it()
    {
        var options = new GuardrailOptions { DefaultEnvironment = "practice" };
        options.Environments["practice"] = new EnvironmentOptions();
        var version = GuardrailPolicyReader.Read(options).Policy!.Version;

        options.Mode = "shadow";
        Assert.Equal(version, GuardrailPolicyReader.Read(options).Policy!.Version);

        options.Rules.Add(new RuleOptions { Name = "quiet", Verdict = "deny", Reason = "Quiet." });
        Assert.NotEqual(version, GuardrailPolicyReader.Read(options).Policy!.Version);
    }
}
