using SreAgent.Core.Readiness;
using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>
/// Secrets in configuration that is committed. Says where and of what sort, and never what: the citation carries no quote. Shapes that an
/// issuer documents are told anywhere in configuration; a password that only its name gives away must look like no placeholder.
/// </summary>
internal sealed class SecretReader : IStatementReader
{
    private const int Largest = 256 * 1024;
    private const int MostOfOneFile = 5;

    private static readonly string[] Ends = [".yaml", ".yml", ".toml", ".tf", ".tfvars", ".env", ".ini", ".properties", ".conf", ".cfg", ".pem", ".key", ".json", ".xml", ".config"];

    // Without one of these no shape can occur; upper case too, as settings are written.
    private static readonly LiteralScreen Marks = new(
        "PRIVATE KEY", "AGE-SECRET", "eyJ", "fm2_", "fm1", "fo1_", "gh", "glpat", "gldt", "xox", "xapp-", "hooks.slack", "AKIA", "ASIA", "AIza", "GOCSPX", "AccountKey=", "SharedAccessKey=", "sk-", "glsa_", "_live_", "npm_", "pypi-", "dckr_", "dop_v1", "hvs.", "SG.", "tskey-",
        "assw", "ASSW", "ecret", "ECRET", "oken", "OKEN", "pi_key", "PI_KEY", "piKey", "://");

    public bool Reads(SourceEntry file) =>
        file.Size <= Largest && FileOrigins.Of(file.Path) == FileOrigin.Own && IsConfiguration(file.Path[(file.Path.LastIndexOf('/') + 1)..]);

    public bool MayState(ReadOnlySpan<byte> content) => Marks.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var found = new SortedDictionary<int, string>();
        foreach (var shape in SecretShapes.All)
        {
            foreach (var match in Matches(shape, text.Text).TakeWhile(_ => found.Count < MostOfOneFile))
            {
                if (ExposedSecret.IsReal(shape, match, text))
                {
                    found.TryAdd(1 + text.Text.AsSpan(0, match.Index).Count('\n'), shape.Kind);
                }
            }
        }

        return found.Select(secret => new Statement
        {
            Kind = StatementKind.ExposedSecret,
            At = new Citation(text.Path, secret.Key, secret.Key, "") { Kind = "secret" },
            Text = $"A {secret.Value} stands in the open.",
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["secret"] = secret.Value },
        });
    }

    private static IEnumerable<System.Text.RegularExpressions.Match> Matches(SecretShape shape, string text)
    {
        var matches = new List<System.Text.RegularExpressions.Match>();
        try
        {
            for (var match = shape.Pattern.Match(text); match.Success && matches.Count < 100; match = match.NextMatch())
            {
                matches.Add(match);
            }
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            // What was found until then stands.
        }

        return matches;
    }

    private static bool IsConfiguration(string name) =>
        name.StartsWith(".env", StringComparison.Ordinal) ? !name.Contains("example", StringComparison.OrdinalIgnoreCase) && !name.Contains("sample", StringComparison.OrdinalIgnoreCase) && !name.Contains("template", StringComparison.OrdinalIgnoreCase) && !name.Contains("dist", StringComparison.OrdinalIgnoreCase) && !name.Contains("test", StringComparison.OrdinalIgnoreCase)
        : name is "terraform.tfvars" or ".npmrc" or ".pypirc" or ".netrc" || (Ends.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) && !name.Contains("example", StringComparison.OrdinalIgnoreCase) && !name.Contains("sample", StringComparison.OrdinalIgnoreCase));
}
