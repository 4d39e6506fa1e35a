using SreAgent.Core.Integrations;
using SreAgent.Host.Commands.Documents;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Commands;

public sealed class DoctorTests
{
    private static readonly RehearsedIntegration Works = new("Prometheus", disabledBecause: null, _ => Task.FromResult(new ProbeResult(Ok: true, "2.42.0 at http://p:9090")));
    private static readonly RehearsedIntegration Off = new("GitHub", "Integrations:GitHub:Token is not set", _ => throw new InvalidOperationException("never asked"));
    private static readonly RehearsedIntegration Away = new("Alertmanager", disabledBecause: null, _ => Task.FromResult(new ProbeResult(Ok: false, "http://a:9093 refused the connection; is it running?")));
    private static readonly RehearsedIntegration Throws = new("Slack", disabledBecause: null, _ => throw new HttpRequestException("no such host"));

    [Fact]
    public async Task Everything_is_listed_with_what_to_do()
    {
        var host = new HostDriver().With(Works).With(Off).With(Away).With(Throws).With(new ModelInUse("built-in", IsBuiltIn: true, "Agent:Model is not set"));

        Assert.Equal(3, await host.RunAsync("doctor"));
        Snapshot.Verify(host.Console.Said);
    }

    [Fact]
    public async Task Disabled_is_fine() => Assert.Equal(0, await new HostDriver().With(Works).With(Off).RunAsync("doctor"));

    [Fact]
    public async Task A_broken_file_is_a_wrong_setting() =>
        Assert.Equal(2, await new HostDriver().WithPersonaCheck(new DocumentRow("a.md", null, null, null, Loaded: false, [new DocumentRowProblem(3, "error", "bad")])).RunAsync("doctor"));

    [Fact]
    public async Task Wrong_settings_are_its_findings_not_its_end()
    {
        var host = new HostDriver { ComposingFails = new SettingsException(["Integrations:Prometheus:BaseUrl is not a URL."]) };

        Assert.Equal(2, await host.RunAsync("doctor", "--json"));
        var check = Assert.Single(host.Json().GetProperty("checks").EnumerateArray());
        Assert.Equal("misconfigured", check.GetProperty("status").GetString());
        Assert.Equal("Integrations:Prometheus:BaseUrl is not a URL.", check.GetProperty("detail").GetString());
    }
}
