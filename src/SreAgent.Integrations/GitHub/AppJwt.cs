using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>How an App says who it is: a JSON Web Token (RFC 7519) signed with its RSA key, good for ten minutes at most.</summary>
internal static class AppJwt
{
    /// <summary>Issued a minute ago, because the other clock may be behind; and ended a minute before the most GitHub takes.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    /// <exception cref="ToolException">The key file cannot be read or holds no RSA key.</exception>
    public static string Sign(GitHubAppOptions app, DateTimeOffset now)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(app.PrivateKeyFile));
            var claims = JsonSerializer.SerializeToUtf8Bytes(
                new AppClaims((now - Backdated).ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds(), app.Id), GitHubJson.Default.AppClaims);
            var signed = $"{Header}.{Base64Url.EncodeToString(claims)}";
            var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            // The cause is left out of the sentence: it may quote the file.
            throw new ToolException(
                $"{GitHubAppOptions.Path}:{nameof(app.PrivateKeyFile)} cannot be used ({e.GetType().Name}); nothing was sent. It must be the unencrypted RSA key in PEM form that GitHub gave out for the App, readable by this user.", e);
        }
    }
}

/// <summary>Times in seconds since 1970; <paramref name="Iss"/> is the App's id or client id.</summary>
internal sealed record AppClaims(long Iat, long Exp, string Iss);
