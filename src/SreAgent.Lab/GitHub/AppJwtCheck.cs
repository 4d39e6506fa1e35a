using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SreAgent.Lab.GitHub;

/// <summary>Holds a GitHub App's JWT to what GitHub asks: RS256 by the App's key, issued by it, alive, and not for longer than ten minutes.</summary>
internal static class AppJwtCheck
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    /// <summary>Null when it is good.</summary>
    public static string? Complaint(string[] parts, GitHubAppSeed app, DateTimeOffset now)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(app.PublicKeyPem);
            if (JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])).GetProperty("alg").GetString() is not "RS256"
                || !key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            {
                return "A JSON web token could not be decoded";
            }

            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
            var (issued, expires) = (Moment(claims, "iat"), Moment(claims, "exp"));
            return claims.GetProperty("iss").ToString() != app.Id.ToString() ? "Integration not found"
                : issued > now ? "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
                : expires <= now || expires > now + LongestLife ? "'Expiration time' claim ('exp') is too far in the future"
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "A JSON web token could not be decoded";
        }
    }

    private static DateTimeOffset Moment(JsonElement claims, string name) => DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty(name).GetInt64());
}
