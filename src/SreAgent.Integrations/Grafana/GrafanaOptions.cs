using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Grafana;

/// <summary>The <c>Integrations:Grafana</c> settings, read and checked.</summary>
internal sealed record GrafanaOptions
{
    public const string Section = "Integrations:Grafana";

    /// <summary>Absent when the integration is disabled.</summary>
    public ConnectionOptions? Connection { get; init; }

    /// <summary>Sent as <c>X-Grafana-Org-Id</c> and named in links. Absent means the token's own.</summary>
    public int? OrganizationId { get; init; }

    /// <summary>Where panel images are kept for people. Absent means nowhere: answers then hold a link only.</summary>
    public string? ImageFolder { get; init; }

    /// <summary>How long drawing a panel may take; Grafana's own limit is a minute. 5 to 300 s, 60 by default.</summary>
    public TimeSpan RenderTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public static GrafanaOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new GrafanaOptions();
        }

        var options = new GrafanaOptions
        {
            Connection = ConnectionOptions.Read(settings),
            OrganizationId = settings.Number(nameof(OrganizationId), 0, 1, int.MaxValue) is var id and > 0 ? id : null,
            ImageFolder = settings.Text(nameof(ImageFolder)),
            RenderTimeout = TimeSpan.FromSeconds(settings.Number("RenderTimeoutSeconds", 60, 5, 300)),
        };
        if (options.ImageFolder is { } folder && File.Exists(folder))
        {
            settings.Problem(nameof(ImageFolder), $"names {folder}, which is a file");
        }

        settings.RefuseUnknown();
        return options;
    }
}
