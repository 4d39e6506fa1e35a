using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Http;

/// <summary>How a connection is secured, where the defaults (system certificate authorities, name from the address) do not do.</summary>
internal sealed record TlsOptions
{
    /// <summary>PEM file of the authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the certificate we show. Needs <see cref="KeyFile"/>.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of that certificate's key, unencrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name the other side's certificate must carry, when it differs from the address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Accept any certificate. Whoever is in the middle can then read and answer everything; shown by doctor.</summary>
    public bool InsecureSkipVerify { get; init; }

    public bool IsDefault => this == new TlsOptions();

    public static TlsOptions Read(SettingsReader settings)
    {
        var options = new TlsOptions
        {
            CaFile = settings.File(nameof(CaFile)),
            CertFile = settings.File(nameof(CertFile)),
            KeyFile = settings.File(nameof(KeyFile)),
            ServerName = settings.Text(nameof(ServerName)),
            InsecureSkipVerify = settings.Flag(nameof(InsecureSkipVerify)),
        };
        if (options.CertFile is null != options.KeyFile is null)
        {
            settings.Problem(options.CertFile is null ? nameof(CertFile) : nameof(KeyFile), "is needed too: CertFile and KeyFile go together");
        }

        if (options.InsecureSkipVerify && options.CaFile is not null)
        {
            settings.Problem(nameof(InsecureSkipVerify), "makes CaFile meaningless; keep one of the two");
        }

        settings.RefuseUnknown();
        return options;
    }
}
