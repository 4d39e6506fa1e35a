using System.Text.RegularExpressions;

namespace SreAgent.Core.Redaction;

/// <summary>One shape a secret is known by.</summary>
/// <param name="Kind">Goes into the mark.</param>
/// <param name="Pattern">The group <c>secret</c>, when present, is what is taken out.</param>
public sealed record SecretShape(string Kind, Regex Pattern);

/// <summary>
/// The shapes, most specific first. Each follows its issuer's documented format; entropy guessing is left out on purpose, since commit
/// and image digests look the same and an SRE needs to read those.
/// </summary>
public static partial class SecretShapes
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int TimeoutMilliseconds = 250;

    public static IReadOnlyList<SecretShape> All { get; } =
    [
        new("private-key", PrivateKey()),
        new("jwt", Jwt()),
        new("fly-token", FlyMacaroon()),
        new("fly-token", FlyOAuth()),
        new("github-token", GitHubToken()),
        new("slack-token", SlackToken()),
        new("slack-webhook", SlackWebhook()),
        new("aws-key", AwsAccessKey()),
        new("aws-secret", AwsSecret()),
        new("google-key", GoogleKey()),
        new("azure-key", AzureAccountKey()),
        new("anthropic-key", AnthropicKey()),
        new("openai-key", OpenAiKey()),
        new("grafana-token", GrafanaToken()),
        new("stripe-key", StripeKey()),
        new("npm-token", NpmToken()),
        new("authorization", AuthorizationHeader()),
        new("bearer", Bearer()),
        new("url-password", UrlPassword()),
        new("password", PasswordAssignment()),
    ];

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----[\s\S]*?(-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|\z)", Options, TimeoutMilliseconds)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*", Options, TimeoutMilliseconds)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"\bfm(1[ra]|2)_[A-Za-z0-9+/_=-]{16,}(,fm(1[ra]|2)_[A-Za-z0-9+/_=-]{16,})*", Options, TimeoutMilliseconds)]
    private static partial Regex FlyMacaroon();

    [GeneratedRegex(@"\bfo1_[A-Za-z0-9_-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex FlyOAuth();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\b(xox[abeoprs](\.xox[abp])?|xapp)-[A-Za-z0-9-]{10,}", Options, TimeoutMilliseconds)]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"https://hooks\.slack\.com/(services|workflows|triggers)/(?<secret>[A-Za-z0-9/_-]{10,})", Options, TimeoutMilliseconds)]
    private static partial Regex SlackWebhook();

    [GeneratedRegex(@"\b(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b", Options, TimeoutMilliseconds)]
    private static partial Regex AwsAccessKey();

    [GeneratedRegex(@"(?i:aws_?secret_?access_?key|aws_?session_?token)[""']?\s*[:=]\s*[""']?(?<secret>[A-Za-z0-9/+=]{30,})", Options, TimeoutMilliseconds)]
    private static partial Regex AwsSecret();

    [GeneratedRegex(@"\b(AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"(?i:AccountKey|SharedAccessKey|SharedAccessSignature)=(?<secret>[A-Za-z0-9+/=%&.-]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex AzureAccountKey();

    [GeneratedRegex(@"\bsk-ant-[A-Za-z0-9_-]{16,}", Options, TimeoutMilliseconds)]
    private static partial Regex AnthropicKey();

    [GeneratedRegex(@"\bsk-(proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex OpenAiKey();

    [GeneratedRegex(@"\b(glsa|glc)_[A-Za-z0-9_+/=]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex GrafanaToken();

    [GeneratedRegex(@"\b(sk|rk|whsec)_(live_|test_)?[A-Za-z0-9]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}\b", Options, TimeoutMilliseconds)]
    private static partial Regex NpmToken();

    [GeneratedRegex(@"(?i:proxy-)?(?i:authorization)[""']?\s*[:=]\s*[""']?(?<secret>(?i:basic|bearer|token|digest|flyv1|aws4-hmac-sha256)\s+[^\s""',;\[\]]+([ ,]+(?i:credential|signedheaders|signature)=[^\s""',;]+)*)", Options, TimeoutMilliseconds)]
    private static partial Regex AuthorizationHeader();

    [GeneratedRegex(@"\b(?i:bearer|flyv1)\s+(?<secret>(?=[A-Za-z0-9._~+/=-]*[0-9_.=-])[A-Za-z0-9._~+/=-]{16,})", Options, TimeoutMilliseconds)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s:/?#@\[\]""']{0,256}:(?<secret>[^\s/?#@""'\[\]]{1,256})@", Options, TimeoutMilliseconds)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"(?i:\b[a-z0-9_.-]{0,40}(password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret))[""']?\s*[:=]\s*(""(?<secret>[^""\[\]\s]{4,200})""|'(?<secret>[^'\[\]\s]{4,200})'|(?<secret>[^\s""',;&\[\]{}()<>]{4,200}))", Options, TimeoutMilliseconds)]
    private static partial Regex PasswordAssignment();
}
