using System.Net.Http.Headers;

namespace SreAgent.Integrations.Fly;

/// <summary>Fly's tokens: macaroons (fm1r_, fm1a_, fm2_, often several with commas between) and older ones, with or without a scheme people paste along.</summary>
internal static class FlyToken
{
    private const string Macaroons = "FlyV1";

    private static readonly string[] Schemes = [Macaroons, "Bearer"];

    /// <summary>Without a scheme.</summary>
    public static string Bare(string token)
    {
        var trimmed = token.Trim();
        var scheme = Schemes.FirstOrDefault(scheme => trimmed.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase));
        return scheme is null ? trimmed : trimmed[scheme.Length..].Trim();
    }

    public static AuthenticationHeaderValue Authorize(string token)
    {
        var bare = Bare(token);
        var isMacaroon = bare.Split(',').Any(part => part.Trim() is var one && (one.StartsWith("fm1r", StringComparison.Ordinal) || one.StartsWith("fm1a", StringComparison.Ordinal) || one.StartsWith("fm2", StringComparison.Ordinal)));
        return new AuthenticationHeaderValue(isMacaroon ? Macaroons : "Bearer", bare);
    }
}
