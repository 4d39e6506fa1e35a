using System.Text.RegularExpressions;

namespace SreAgent.Core.Redaction;

/// <summary>
/// Takes secrets out of text on its way to a model, a log, an audit entry, an issue or a comment (G12). One way, marked
/// <c>[redacted:kind]</c> so that nobody mistakes the mark for the value. Never applied to what a tool is given to execute.
/// The rule set is documented in docs/redaction.md.
/// </summary>
public sealed class Redactor
{
    private readonly (string Value, string Kind)[] _configured;

    /// <param name="configured">
    /// Values read from settings and token files. Shorter than six characters are left alone: redacting "prod" everywhere hides more than it protects.
    /// </param>
    public Redactor(IEnumerable<string> configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured =
        [
            .. configured.Where(value => value.Length >= 6).Distinct(StringComparer.Ordinal)
                .OrderByDescending(value => value.Length).Select(value => (value, "configured")),
        ];
    }

    public static Redactor WithoutConfiguredValues { get; } = new([]);

    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (value, kind) in _configured)
        {
            text = text.Replace(value, Mark(kind), StringComparison.Ordinal);
        }

        foreach (var rule in SecretShapes.All)
        {
            try
            {
                text = rule.Pattern.Replace(text, match => Replace(match, rule.Kind));
            }
            catch (RegexMatchTimeoutException)
            {
                // A text that makes a pattern run away is withheld whole: unread is not clean.
                return Mark("unreadable");
            }
        }

        return text;
    }

    /// <summary>Keeps what surrounds the secret when the pattern names it; otherwise the whole match is the secret.</summary>
    private static string Replace(Match match, string kind) =>
        match.Groups["secret"] is { Success: true } secret
            ? string.Concat(match.Value.AsSpan(0, secret.Index - match.Index), Mark(kind), match.Value.AsSpan(secret.Index - match.Index + secret.Length))
            : Mark(kind);

    private static string Mark(string kind) => $"[redacted:{kind}]";
}
