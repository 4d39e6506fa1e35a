using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>The <c>Integrations:Alertmanager</c> settings, read and checked.</summary>
internal sealed record AlertmanagerOptions
{
    public const string Section = "Integrations:Alertmanager";

    /// <summary>Absent when the integration is disabled.</summary>
    public ConnectionOptions? Connection { get; init; }

    /// <summary>A longer silence is refused before anybody is asked. 1 to 720 hours, 24 by default.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Who silences are signed by. Never the model's choice.</summary>
    public string CreatedBy { get; init; } = "sre-agent";

    public static AlertmanagerOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new AlertmanagerOptions();
        }

        var options = new AlertmanagerOptions
        {
            Connection = ConnectionOptions.Read(settings),
            MaxSilence = TimeSpan.FromHours(settings.Number("MaxSilenceHours", 24, 1, 720)),
            CreatedBy = settings.Text(nameof(CreatedBy)) ?? "sre-agent",
        };
        settings.RefuseUnknown();
        return options;
    }
}
