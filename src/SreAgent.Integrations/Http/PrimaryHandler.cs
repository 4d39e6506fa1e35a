using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>The connection itself: TLS as the settings say, compressed answers, no redirects.</summary>
internal static class PrimaryHandler
{
    /// <remarks>
    /// Redirects are not followed: custom headers would travel along to wherever it points, and the usual target is a login page.
    /// </remarks>
    public static SocketsHttpHandler Create(ConnectionOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(Math.Min(10, options.Timeout.TotalSeconds)),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = LoadTls(options),
    };

    private static SslClientAuthenticationOptions LoadTls(ConnectionOptions options)
    {
        try
        {
            return Tls(options.Tls);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                $"A certificate or key under {options.Path}:Tls could not be loaded: {e.Message.TrimEnd('.')}. Nothing was sent. CaFile, CertFile and KeyFile must be PEM files this user may read.", e);
        }
    }

    private static SslClientAuthenticationOptions Tls(TlsOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.CertFile is not null)
        {
            using var pem = X509Certificate2.CreateFromPemFile(options.CertFile, options.KeyFile);

            // Windows' TLS cannot use a key that lives in memory only; a round through PKCS#12 gives it one it can.
            tls.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null)];
        }

        if (options.CaFile is not null)
        {
            tls.CertificateChainPolicy = TrustOnly(options.CaFile);
        }

        if (options.InsecureSkipVerify || options.ServerName is not null)
        {
            tls.RemoteCertificateValidationCallback = (_, certificate, _, errors) => options.InsecureSkipVerify || IsFrom(options.ServerName, certificate, errors);
        }

        return tls;
    }

    /// <summary>The handler itself compares with the address's name and cannot be told another, so that part of its judgement is replaced.</summary>
    private static bool IsFrom(string? serverName, X509Certificate? certificate, SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
        && serverName is not null && certificate is X509Certificate2 theirs && theirs.MatchesHostname(serverName);

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }
}
