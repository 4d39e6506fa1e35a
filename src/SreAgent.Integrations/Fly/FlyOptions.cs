using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Fly;

/// <summary>The <c>Integrations:Fly</c> settings, read and checked.</summary>
internal sealed record FlyOptions
{
    public const string Section = "Integrations:Fly";

    /// <summary>Where images are called to be, whatever address the registry is reached at.</summary>
    public const string RegistryHost = "registry.fly.io";

    private static readonly Uri Machines = new("https://api.machines.dev/");
    private static readonly Uri Api = new("https://api.fly.io/");
    private static readonly Uri RegistryAddress = new($"https://{RegistryHost}/");

    /// <summary>The Machines API. Absent when the integration is disabled.</summary>
    public ConnectionOptions? Connection { get; init; }

    /// <summary>Releases and logs.</summary>
    public ConnectionOptions? Web { get; init; }

    public ConnectionOptions? Registry { get; init; }

    /// <summary>Slug of the organisation whose applications are listed; the token's personal one when absent.</summary>
    public string? Organization { get; init; }

    /// <summary>Path of flyctl; absent: the <c>fly</c> or <c>flyctl</c> found on PATH; <c>off</c>: none.</summary>
    public string? Flyctl { get; init; }

    /// <summary>auto: flyctl when there is one, else the Machines API.</summary>
    public FlyExecutor Executor { get; init; }

    /// <summary>How long one machine may take to start and become healthy. 10 to 3,600 s, 300 by default.</summary>
    public TimeSpan WaitTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Values that fly_set_secrets may set, by name.</summary>
    public IReadOnlyDictionary<string, ReferencedSecret> Secrets { get; init; } = new Dictionary<string, ReferencedSecret>(StringComparer.Ordinal);

    /// <summary>How often something that is being waited for is looked at.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a run of flyctl whose host died may take to make its release before it counts as never having begun.</summary>
    public TimeSpan FlyctlGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>When flyctl is killed, where the time it may take is not to be worked out from what it waits for.</summary>
    public TimeSpan? FlyctlDeadline { get; init; }

    /// <summary>Whether the addresses are other than Fly's own: flyctl is then told too.</summary>
    public bool IsElsewhere => Connection?.BaseUrl != Machines || Web?.BaseUrl != Api;

    public static FlyOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new FlyOptions();
        }

        var connection = ConnectionOptions.Read(settings, Machines);
        if (connection is { Token: null })
        {
            settings.Problem("Token", "or TokenFile is required: a deploy token of the application, from 'fly tokens create deploy -x 720h'");
        }

        connection = connection is null ? null : connection with { Authorize = FlyToken.Authorize };
        var web = settings.Address("ApiUrl") ?? Api;
        var registry = settings.Address("RegistryUrl") ?? RegistryAddress;
        var executor = settings.Text(nameof(Executor)) ?? "auto";
        var options = new FlyOptions
        {
            Connection = connection,
            Web = connection is null ? null : connection with { BaseUrl = PlainAddress.WithSlash(web), AddressSetting = "ApiUrl" },
            Registry = connection is null ? null : connection with
            {
                BaseUrl = PlainAddress.WithSlash(registry),
                AddressSetting = "RegistryUrl",
                Authorize = token => new AuthenticationHeaderValue("Basic", AuthenticationHandler.Basic("x", FlyToken.Bare(token))),
            },
            Organization = settings.Text(nameof(Organization)),
            Flyctl = FlyctlSetting(settings, configuration),
            Executor = executor switch { "auto" => FlyExecutor.Auto, "flyctl" => FlyExecutor.Flyctl, "machines-api" => FlyExecutor.MachinesApi, _ => Unknown() },
            WaitTimeout = TimeSpan.FromSeconds(settings.Number("WaitTimeoutSeconds", 300, 10, 3600)),
            Secrets = ReferencedSecret.ReadAll(settings.Section(nameof(Secrets)), configuration.GetSection($"{Section}:{nameof(Secrets)}")),
        };
        settings.RefuseUnknown();
        return options;

        FlyExecutor Unknown()
        {
            settings.Problem(nameof(Executor), $"must be auto, flyctl or machines-api, not '{executor}'");
            return FlyExecutor.Auto;
        }
    }

    /// <summary>An empty text switches flyctl off, which is not the same as saying nothing.</summary>
    private static string? FlyctlSetting(SettingsReader settings, IConfiguration configuration)
    {
        var path = settings.Text(nameof(Flyctl));
        if (path is null)
        {
            return configuration[$"{Section}:{nameof(Flyctl)}"] is null ? null : FlyctlOff;
        }

        return path is FlyctlOff ? path : settings.File(nameof(Flyctl));
    }

    /// <summary>What <see cref="Flyctl"/> says when none is wanted.</summary>
    public const string FlyctlOff = "off";
}

internal enum FlyExecutor
{
    Auto = 0,
    Flyctl,
    MachinesApi,
}
