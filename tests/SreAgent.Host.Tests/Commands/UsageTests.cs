using SreAgent.Host.Commands;
using SreAgent.Host.Tests.Terminal;

namespace SreAgent.Host.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("chagnes", "changes")]
    [InlineData("tools lst", "list")]
    [InlineData("tools show prometheus_qury", "prometheus_query")]
    [InlineData("personas show kia", "kai")]
    [InlineData("skills show deploy-fyl", "deploy-fly")]
    [InlineData("tools call prometheus_query --args {", "not JSON")]
    [InlineData("tools call prometheus_query --args {\"qury\":1}", "query")]
    [InlineData("changes show chg-nothing", "no change request")]
    [InlineData("ask --persona nobody hello", "kai, sre")]
    [InlineData("ask", "ask --help")]
    [InlineData("chat --resume c-nothing", "no conversation")]
    [InlineData("audit verify /no/such/file", "no file")]
    [InlineData("audit list --limit 0", "1 to 10000")]
    [InlineData("changes list --jsno", "--help")]
    public async Task A_mistake_ends_with_2_and_says_what_to_do(string commandLine, string hint)
    {
        var host = new HostDriver();
        host.Tools.Add("prometheus_query", new Core.Tools.ToolResult.Found(1, new Core.Tools.Evidence("prometheus", "up")));

        Assert.Equal(ExitStatus.Usage, await host.RunAsync(commandLine.Split(' ')));
        Assert.Contains(hint, host.Console.Complained, StringComparison.Ordinal);
        Assert.Empty(host.Console.Said);
    }

    [Fact]
    public async Task Settings_mistakes_are_all_listed()
    {
        var host = new HostDriver { ComposingFails = new SettingsException(["Integrations:Prometheus:BaseUrl is required.", "Agent:MaxSteps is 0; it takes 1 to 200."]) };

        Assert.Equal(ExitStatus.Usage, await host.RunAsync("changes", "list"));
        Assert.Equal("Integrations:Prometheus:BaseUrl is required.\nAgent:MaxSteps is 0; it takes 1 to 200.\n", host.Console.Complained);
    }

    [Fact]
    public async Task A_fault_is_one_sentence_without_a_stack_trace_or_a_secret()
    {
        var host = new HostDriver { ComposingFails = new InvalidOperationException("token ghp_abcdefghijklmnopqrstuvwxyz0123456789 is bad") };

        Assert.Equal(ExitStatus.No, await host.RunAsync("changes", "list"));
        Assert.Single(host.Console.Complained.TrimEnd().Split('\n'));
        Assert.DoesNotContain("ghp_", host.Console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outside_system_that_is_away_ends_with_3()
    {
        var host = new HostDriver { ComposingFails = new HttpRequestException("Connection refused (127.0.0.1:9090)") };

        Assert.Equal(ExitStatus.Unreachable, await host.RunAsync("changes", "list"));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("changes --help")]
    [InlineData("--version")]
    public async Task Help_and_version_need_no_settings(string commandLine)
    {
        var host = new HostDriver { ComposingFails = new SettingsException(["all wrong"]) };

        Assert.Equal(ExitStatus.Fine, await host.RunAsync(commandLine.Split(' ')));
        Assert.NotEmpty(host.Console.Said);
        Assert.Null(host.Composed);
    }

    [Theory]
    [InlineData("changes list --lab", "changes list", true)]
    [InlineData("--no-lab", "chat", false)]
    [InlineData("chat", "chat", null)]
    [InlineData("tools list", "tools list", null)]
    public async Task Composition_is_told_the_verb_and_the_lab(string commandLine, string verb, bool? lab)
    {
        var host = new HostDriver();
        await host.RunAsync(new CapturedConsole(), commandLine.Split(' '));

        Assert.Equal(new HostArguments(verb, lab), host.Composed);
    }
}
