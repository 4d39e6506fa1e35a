using System.Buffers;
using System.Text.RegularExpressions;
using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>Whether a quote would carry a secret. A review that quotes one is withheld as a whole, so none is taken as evidence.</summary>
internal static class QuotedSecrets
{
    // Without one of these no shape matches; few quotes hold one.
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [
            "PRIVATE KEY", "AGE-SECRET", "eyJ", "fm1", "fm2_", "fo1_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-", "glsa_", "glc_", "xox", "xapp-", "hooks.slack", "AKIA", "ASIA", "ABIA", "ACCA", "AIza", "ya29.", "GOCSPX", "AccountKey", "SharedAccessKey", "Q~", "sig=", "signature=", "security-token=",
            "sk-", "_live_", "_test_", "whsec_", "npm_", "pypi-", "dckr_", "doo_v1", "dop_v1", "dor_v1", "dot_v1", "hvs.", "hvb.", "hvr.", "SG.", "tskey-", "authorization", "bearer", "flyv1", "cookie", "://", "token", "passw", "passphrase", "secret", "key", "pwd",
        ],
        StringComparison.OrdinalIgnoreCase);

    public static bool Stands(string quote)
    {
        if (!quote.AsSpan().ContainsAny(Marks))
        {
            return false;
        }

        try
        {
            return SecretShapes.All.Any(shape => shape.Pattern.IsMatch(quote));
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
