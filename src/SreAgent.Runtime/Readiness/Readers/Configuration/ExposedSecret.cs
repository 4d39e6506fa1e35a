using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>Whether what has the shape of a secret is one: shapes are made to redact, where a false alarm costs nothing. Here it costs trust.</summary>
internal static partial class ExposedSecret
{
    // Told by the issuer's own format. The others are told by a name beside them, and a name proves little.
    private static readonly string[] ByFormat =
    [
        "fly-token", "github-token", "gitlab-token", "slack-token", "slack-webhook", "aws-key", "google-key", "azure-key", "anthropic-key", "openai-key", "grafana-token", "stripe-key", "npm-token", "pypi-token", "docker-token", "digitalocean-token", "vault-token", "sendgrid-key", "tailscale-key",
    ];

    private const int KeyLines = 8;
    private const int ShortestKey = 200;

    private static readonly string[] ByName = ["password", "token", "aws-secret", "url-password"];

    public static bool IsReal(SecretShape shape, Match match, string line, SourceText text)
    {
        var secret = match.Groups["secret"] is { Success: true } group ? group.Value : match.Value;
        return !IsHarmless(secret, line, text)
            && (ByFormat.Contains(shape.Kind, StringComparer.Ordinal) || (ByName.Contains(shape.Kind, StringComparer.Ordinal) && IsRandom(secret) && !Reference().IsMatch(line)));
    }

    /// <summary>Whether a key stands there, not merely its heading or a few letters in its place.</summary>
    public static bool IsKey(SourceText text, int index)
    {
        var body = string.Concat(text.Lines.Skip(index).Take(KeyLines).Select(line => line.Trim()));
        return body.Length >= ShortestKey && !IsHarmless(body, text.Lines[index], text);
    }

    private static bool IsHarmless(string secret, string line, SourceText text) =>
        Placeholder().IsMatch(secret) || Distinct(secret) < 6
        || line.TrimStart() is ['#', ..] or ['/', '/', ..]
        || ForLocalUse().IsMatch(text.Path) || Local().IsMatch(line)
        || text.Text.Contains("sops:", StringComparison.Ordinal) || text.Text.Contains("SealedSecret", StringComparison.Ordinal);

    // As generators make them: long, of several sorts of character, no words in a row.
    private static bool IsRandom(string secret) =>
        secret.Length is >= 16 and <= 200
        && secret.Any(char.IsAsciiDigit) && secret.Any(char.IsAsciiLetterUpper) && secret.Any(char.IsAsciiLetterLower)
        && secret.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=' or '_' or '-' or '!' or '@' or '%' or '^' or '*' or '.')
        && Distinct(secret) >= 10 && !Words().IsMatch(secret);

    private static int Distinct(string secret) => secret.Distinct().Count();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"example|sample|placeholder|change[-_]?me|your[-_]|dummy|fake|xxx|<[^>]*>|\.\.\.|\*\*\*|redacted|replace|insert|todo|secret[-_]?here|test[-_]?(key|token|secret|password)|1234567|abcdef|deadbeef|AKIAIOSFODNN7|000000|templated|_test_", Options, 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(^|/)(dev|local|development|docker|compose|docs?|ci|hack|scripts/dev|\.devcontainer|\.vscode|\.github|e2e|tools/dev)[^/]*(/|$)|(^|/)(docker-)?compose[^/]*$|\.(dev|local|development|test|ci)\.[^/]+$|(^|/)[^/]*(dev|local|development|test)\.(ya?ml|json|env|toml|properties)$|openapi|swagger", Options, 10_000)]
    private static partial Regex ForLocalUse();

    [GeneratedRegex(@"localhost|127\.0\.0\.1|://[^\s@]{1,200}@(db|postgres|postgresql|mysql|redis|rabbitmq|mongo)\b", Options, 10_000)]
    private static partial Regex Local();

    [GeneratedRegex(@"\b(var|local|data|module|random_password|aws_secretsmanager\w*|vault|secretKeyRef|secretName|valueFrom|process\.env|ENC\[|AWS::|Fn::|Ref|sha256|sha512|digest|checksum|integrity|resolved|hash|publicKey|public_key|fingerprint|description)\b|\$\{|\{\{", Options, 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[A-Z]?[a-z]{5,}[-_.A-Z][a-z]{4,}|[a-z]{9,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Words();
}
