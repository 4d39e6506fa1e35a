using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Prometheus;

/// <summary>The <c>Integrations:Prometheus</c> settings, read and checked.</summary>
internal sealed record PrometheusOptions
{
    public const string Section = "Integrations:Prometheus";

    /// <summary>No server returns more points than this per series.</summary>
    public const int ServerPointLimit = 11_000;

    /// <summary>Absent when the integration is disabled.</summary>
    public ConnectionOptions? Connection { get; init; }

    /// <summary>Points per series a range query asks for, at most. 10 to 11,000; 250 by default.</summary>
    public int MaxPoints { get; init; } = 250;

    /// <summary>Series shown unless the call says otherwise. 1 to 100; 10 by default.</summary>
    public int MaxSeries { get; init; } = 10;

    public static PrometheusOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new PrometheusOptions();
        }

        var options = new PrometheusOptions
        {
            Connection = ConnectionOptions.Read(settings),
            MaxPoints = settings.Number(nameof(MaxPoints), 250, 10, ServerPointLimit),
            MaxSeries = settings.Number(nameof(MaxSeries), 10, 1, 100),
        };
        settings.RefuseUnknown();
        return options;
    }
}
