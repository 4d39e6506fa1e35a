using SreAgent.Core.Integrations;

namespace SreAgent.Integrations.Tests;

public class SettingsTests
{
    [Fact]
    public void Without_settings_both_are_disabled_and_say_what_would_enable_them()
    {
        using var wired = Wired.With([]);

        Assert.Empty(wired.Toolsets);
        Assert.Contains("set Integrations:Prometheus:BaseUrl", wired.Integration("Prometheus").DisabledBecause, StringComparison.Ordinal);
        Assert.Contains("set Integrations:Alertmanager:BaseUrl", wired.Integration("Alertmanager").DisabledBecause, StringComparison.Ordinal);
        Assert.Empty(Problems(wired));
    }

    [Fact]
    public void With_an_address_both_are_enabled_for_their_environment()
    {
        using var wired = Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Prometheus:BaseUrl"] = "http://localhost:9090/prom",
            ["Integrations:Prometheus:Environment"] = "staging",
            ["Integrations:Alertmanager:BaseUrl"] = "http://localhost:9093",
        });

        Assert.Equal([("prometheus", "staging"), ("alertmanager", null)], wired.Toolsets.Select(toolset => (toolset.Name, toolset.Environment)));
        Assert.All([wired.Integration("Prometheus"), wired.Integration("Alertmanager")], integration => Assert.Null(integration.DisabledBecause));
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_by_its_path()
    {
        using var wired = Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Prometheus:BaseUrl"] = "http://localhost:9090",
            ["Integrations:Prometheus:TimeoutSeconds"] = "soon",
            ["Integrations:Prometheus:MaxPoints"] = "5",
            ["Integrations:Prometheus:Username"] = "ada",
            ["Integrations:Prometheus:Token"] = "t-123456",
            ["Integrations:Prometheus:TokenFile"] = "/no/such/file",
            ["Integrations:Prometheus:Tls:CertFile"] = "/no/such/cert",
            ["Integrations:Prometheus:Tls:InsecureSkipVerify"] = "maybe",
            ["Integrations:Prometheus:Bearer"] = "x",
            ["Integrations:Alertmanager:BaseUrl"] = "ftp://user:pass-word@host",
            ["Integrations:Alertmanager:MaxSilenceHours"] = "0",
        });

        var problems = Problems(wired);

        string[] paths =
        [
            "Prometheus:TimeoutSeconds must be", "Prometheus:MaxPoints must be", "Prometheus:Password is needed", "Prometheus:Token Username", "Prometheus:TokenFile names",
            "Prometheus:TokenFile and Token", "Prometheus:Tls:CertFile names", "Prometheus:Tls:KeyFile is needed", "Prometheus:Tls:InsecureSkipVerify must be",
            "Prometheus:Tls has no effect", "Prometheus:Bearer is not a setting", "Alertmanager:BaseUrl must be", "Alertmanager:MaxSilenceHours must be",
        ];
        Assert.All(paths, path => Assert.Contains(problems, problem => problem.StartsWith("Integrations:" + path, StringComparison.Ordinal)));
        Assert.Equal(paths.Length, problems.Length);
        Assert.DoesNotContain(problems, problem => problem.Contains("pass-word", StringComparison.Ordinal));
        Assert.Empty(wired.Toolsets);
    }

    [Fact]
    public void A_section_without_an_address_names_it()
    {
        using var wired = Wired.With(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Integrations:Prometheus:Environment"] = "production" });

        Assert.Equal("Integrations:Prometheus:BaseUrl is required, such as http://localhost:9090.", wired.Integration("Prometheus").DisabledBecause);
    }

    private static string[] Problems(Wired wired) => [.. wired.Get<IEnumerable<ISettingsCheck>>().SelectMany(check => check.Problems)];
}
