using System.Text.RegularExpressions;

namespace SreAgent.Core.Redaction;

/// <summary>One shape a secret is known by.</summary>
/// <param name="Kind">Goes into the mark.</param>
/// <param name="Pattern">The group <c>secret</c>, when present, is what is taken out.</param>
public sealed record SecretShape(string Kind, Regex Pattern);

/// <summary>
/// The shapes, most specific first. Each follows its issuer's documented format; entropy guessing is left out on purpose, since commit
/// and image digests look the same and an SRE needs to read those. Patterns begin with something rare and never look back over what they
/// have matched for long, so that a megabyte costs milliseconds.
/// </summary>
public static partial class SecretShapes
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    // For a pattern that runs away, not for a slow machine: a search takes milliseconds where it takes long.
    private const int TimeoutMilliseconds = 2000;

    // A closing quote (escaped, when the text is JSON within JSON), an assignment, all on one line.
    private const string Assigned = @"(\\*[""'])?[ \t]*(:=|=>|[:=])[ \t]*";

    // A quoted value up to its closing quote, or a bare one; not a reference to a variable, a template, or a plain true, false or nothing.
    private const string Value =
        @"((?<quote>\\*[""'])(?!" + Reference + @")(?<secret>((?!\k<quote>)(\\[^\r\n]|[^\\\r\n])){1,4096})" +
        @"|(?!" + Reference + @")(?<secret>[^\s""'\\,;&({\[<>|~=][^\s""'\\,;&]{3,}))";

    private const string Reference = @"\$[{(]|\$[A-Za-z_]\w*([\s""'\\,;&)}\]]|\z)|\{\{|%\(|\*{3}|(?i:true|false|null|nil|none)([\s""'\\,;&)}\]]|\z)";

    // The shortest secret known by its own looks (a Slack token), and the shortest known by what stands before it (://:p@).
    private const int ShortestAlone = 15;
    private const int ShortestAssigned = 6;

    public static IReadOnlyList<SecretShape> All { get; } =
    [
        new("private-key", PrivateKey()),
        new("private-key", AgeKey()),
        new("jwt", Jwt()),
        new("fly-token", FlyMacaroon()),
        new("fly-token", FlyOAuth()),
        new("github-token", GitHubToken()),
        new("gitlab-token", GitLabToken()),
        new("slack-token", SlackToken()),
        new("slack-webhook", SlackWebhook()),
        new("aws-key", AwsAccessKey()),
        new("aws-secret", AwsSecret()),
        new("google-key", GoogleKey()),
        new("azure-key", AzureAccountKey()),
        new("azure-key", AzureClientSecret()),
        new("signed-url", SignedUrl()),
        new("anthropic-key", AnthropicKey()),
        new("openai-key", OpenAiKey()),
        new("grafana-token", GrafanaToken()),
        new("stripe-key", StripeKey()),
        new("npm-token", NpmToken()),
        new("pypi-token", PyPiToken()),
        new("docker-token", DockerToken()),
        new("digitalocean-token", DigitalOceanToken()),
        new("vault-token", VaultToken()),
        new("sendgrid-key", SendGridKey()),
        new("tailscale-key", TailscaleKey()),
        new("authorization", AuthorizationHeader()),
        new("bearer", Bearer()),
        new("cookie", Cookie()),
        new("url-password", UrlPassword()),
        new("token", TokenAssignment()),
        new("password", PasswordAssignment()),
        new("password", PasswordFlag()),
    ];

    /// <summary>
    /// False when a text is too short for any shape. JSON results are mostly short texts, label values and numbers: for them this is the
    /// whole cost.
    /// </summary>
    internal static bool MayOccurIn(string text) =>
        text.Length >= ShortestAlone || (text.Length >= ShortestAssigned && text.AsSpan().ContainsAny(":= \t"));

    // Up to its end; where the end was cut off, as far as it still looks like a key. The next beginning ends the search for an end.
    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----(((?!-----BEGIN )[\s\S])*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----|((\s|\\[rn]|[""'+,])*([A-Za-z0-9+/=]{16,}|(Proc-Type|DEK-Info|Comment|Version): [^\r\n]*))*((\s|\\[rn])*[A-Za-z0-9+/=]+(?=\s*\z))?)", Options, TimeoutMilliseconds)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\bAGE-SECRET-KEY-1[A-Z0-9]{40,}", Options, TimeoutMilliseconds)]
    private static partial Regex AgeKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,2048}\.[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*){1,3}", Options, TimeoutMilliseconds)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"\bfm(1[ra]|2)_[A-Za-z0-9+/_=-]{16,}(,fm(1[ra]|2)_[A-Za-z0-9+/_=-]{16,})*", Options, TimeoutMilliseconds)]
    private static partial Regex FlyMacaroon();

    [GeneratedRegex(@"\bfo1_[A-Za-z0-9_-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex FlyOAuth();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9_]{20,}|github_pat_[A-Za-z0-9_]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\bgl(pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[A-Za-z0-9_.-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"\b(xox[abcdeoprs](\.xox[abp])?|xapp)-[A-Za-z0-9%-]{10,}", Options, TimeoutMilliseconds)]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"https://hooks\.slack\.com/(services|workflows|triggers)/(?<secret>[A-Za-z0-9/_-]{10,})", Options, TimeoutMilliseconds)]
    private static partial Regex SlackWebhook();

    [GeneratedRegex(@"\b(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b", Options, TimeoutMilliseconds)]
    private static partial Regex AwsAccessKey();

    [GeneratedRegex("(?i:secret_?access_?key|session_?token)" + Assigned + @"(\\*[""'])?(?<secret>[A-Za-z0-9/+=]{30,})", Options, TimeoutMilliseconds)]
    private static partial Regex AwsSecret();

    [GeneratedRegex(@"\b(AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"(?i:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/=%]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex AzureAccountKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}", Options, TimeoutMilliseconds)]
    private static partial Regex AzureClientSecret();

    [GeneratedRegex(@"([?&]|\\u0026|&amp;)(X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature|Signature|sig)=(?<secret>[^\s&""'<>\\]{8,})", Options, TimeoutMilliseconds)]
    private static partial Regex SignedUrl();

    [GeneratedRegex(@"\bsk-ant-[A-Za-z0-9_-]{16,}", Options, TimeoutMilliseconds)]
    private static partial Regex AnthropicKey();

    // Mixed case or pure hex: a name such as sk-checkout-service-production is neither.
    [GeneratedRegex(@"\bsk-((?=[a-z0-9_-]{0,128}[A-Z])[A-Za-z0-9_-]{20,}|(or-v1-)?[0-9a-f]{32,}\b)", Options, TimeoutMilliseconds)]
    private static partial Regex OpenAiKey();

    [GeneratedRegex(@"\b(gl(sa|c)_[A-Za-z0-9_+/=]{20,}|eyJrIjoi[A-Za-z0-9+/=]{40,})", Options, TimeoutMilliseconds)]
    private static partial Regex GrafanaToken();

    [GeneratedRegex(@"\b([sr]k_(live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{20,})", Options, TimeoutMilliseconds)]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}\b", Options, TimeoutMilliseconds)]
    private static partial Regex NpmToken();

    [GeneratedRegex(@"\bpypi-[A-Za-z0-9_-]{50,}", Options, TimeoutMilliseconds)]
    private static partial Regex PyPiToken();

    [GeneratedRegex(@"\bdckr_[a-z]{2,6}_[A-Za-z0-9_-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex DockerToken();

    [GeneratedRegex(@"\bdo[oprt]_v1_[a-f0-9]{40,}", Options, TimeoutMilliseconds)]
    private static partial Regex DigitalOceanToken();

    [GeneratedRegex(@"\bhv[sbr]\.[A-Za-z0-9_-]{20,}", Options, TimeoutMilliseconds)]
    private static partial Regex VaultToken();

    [GeneratedRegex(@"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}", Options, TimeoutMilliseconds)]
    private static partial Regex SendGridKey();

    [GeneratedRegex(@"\btskey-[a-z]+-[A-Za-z0-9-]{16,}", Options, TimeoutMilliseconds)]
    private static partial Regex TailscaleKey();

    // The scheme stays: a wrong one is worth seeing. Schemes with parameters go up to the end of the line.
    [GeneratedRegex("(?i:authorization)" + Assigned + @"\[?(\\*[""'])?((?i:digest|hawk|oauth|signature)[ \t]+(?<secret>[^\r\n]{8,})|(?i:aws4-hmac-sha256)[ \t]+(?<secret>[^\r\n""'\\]{8,})|(?i:basic|bearer|token|negotiate|apikey|flyv1)[ \t]+(?<secret>(?=[^\s""'\\\]]{0,128}[A-Z0-9=_])[^\s""'\\\]]{8,})|(?<secret>(?=[A-Za-z._~+/=-]{0,128}[0-9])[A-Za-z0-9._~+/=-]{16,}))", Options, TimeoutMilliseconds)]
    private static partial Regex AuthorizationHeader();

    // With a digit or mixed case: "bearer authentication" is prose.
    [GeneratedRegex(@"\b(?i:bearer|flyv1)[ \t]+(?<secret>(?=[A-Za-z._~+/=-]{0,128}([0-9]|[a-z][A-Z]))[A-Za-z0-9._~+/=-]{16,})", Options, TimeoutMilliseconds)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(?i:\b(set-)?cookie)(\\*[""'])?[ \t]*:[ \t]*(\\*[""'])?(?<secret>[A-Za-z0-9_.$-]{1,128}=[^\r\n""'\\]{8,4096})", Options, TimeoutMilliseconds)]
    private static partial Regex Cookie();

    // Up to the last @ before the path, so that a password with an unescaped @ goes whole.
    [GeneratedRegex(@"://[^\s:/?#@""'\\]{0,256}:(?<secret>[^\s/?#""'\\]{1,512})@", Options, TimeoutMilliseconds)]
    private static partial Regex UrlPassword();

    // Tokens that only page through a list are no secrets, and a model needs them.
    [GeneratedRegex("(?i:(?<!(page|next|start|continue|continuation|cursor|resume|sync|cancellation|pagination)[_-]?)token)" + Assigned + @"(\\*[""'])?(?<secret>(?=[A-Za-z._~+/=%-]{0,128}[0-9])(?=[0-9._~+/=%-]{0,128}[A-Za-z])[A-Za-z0-9._~+/=%-]{16,})", Options, TimeoutMilliseconds)]
    private static partial Regex TokenAssignment();

    // "secret" alone as a metric's label names a Kubernetes secret and tells nothing; PWD is also the shell's working directory.
    [GeneratedRegex("(?i:password|passwd|passphrase|secret[_-]?key([_-]?base)?|api[_-]?key|(access|private|signing|encryption|account|master|shared)[_-]?key|(?<![a-z])pwd(?=[ \t]*[:=][ \t]*[^\\s/]))" + Assigned + Value
        + "|(?i:(?<![{,][ ]?)secret|secret(?!=))" + Assigned + Value, Options, TimeoutMilliseconds)]
    private static partial Regex PasswordAssignment();

    [GeneratedRegex(@"(?<![\w-])--?([a-z0-9]{1,20}-){0,3}(password|passwd|passphrase|token|api-key)[ \t]+(?!-|" + Reference + @")(?<secret>(?=\S{0,128}[^a-z\s.,;:)])[^\s""'\\]{4,})", Options, TimeoutMilliseconds)]
    private static partial Regex PasswordFlag();
}
