using System.Buffers;
using System.Text.RegularExpressions;
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
    private const int ShortestLine = 12;
    private const int LongestLine = 2000;

    private static readonly string[] Ends = [".yaml", ".yml", ".toml", ".tf", ".tfvars", ".env", ".ini", ".properties", ".conf", ".cfg", ".pem", ".key", ".json", ".xml", ".config"];

    // Without one of these on a line no shape can match there; upper case too, as settings are written.
    private static readonly string[] Marks =
    [
        "PRIVATE KEY", "AGE-SECRET", "fm2_", "fm1r_", "fm1a_", "fo1_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "xoxb-", "xoxp-", "xoxa-", "xoxe", "xapp-", "hooks.slack", "AKIA", "ASIA", "AIza", "GOCSPX-", "AccountKey=", "SharedAccessKey=", "sk-", "glsa_", "k_live_", "whsec_", "npm_", "pypi-", "dckr_",
        "dop_v1_", "hvs.", "SG.", "tskey-", "assword", "ASSWORD", "asswd", "ASSWD", "ecret", "ECRET", "oken", "OKEN", "pi_key", "PI_KEY", "piKey", "pi-key",
    ];

    private static readonly LiteralScreen Screen = new(Marks);

    private static readonly SearchValues<string> OnLine = SearchValues.Create([.. Marks, "://"], StringComparison.Ordinal);

    public bool Reads(SourceEntry file) => file.Size <= Largest && IsConfiguration(file.Path[(file.Path.LastIndexOf('/') + 1)..]);

    public bool MayState(string path, ReadOnlySpan<byte> content) => Screen.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var found = new SortedDictionary<int, string>();
        foreach (var line in Marked(text))
        {
            if (found.Count < MostOfOneFile && text.Lines[line].Length is >= ShortestLine and <= LongestLine && KindOn(text, line) is { } kind)
            {
                found.Add(line + 1, kind);
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

    /// <summary>The lines that hold a mark. Looked for in the text as a whole: few files have many, and lines are many.</summary>
    private static IEnumerable<int> Marked(SourceText text)
    {
        var (line, at) = (0, 0);
        while (text.Text.AsSpan(at).IndexOfAny(OnLine) is >= 0 and var next)
        {
            line += text.Text.AsSpan(at, next).Count('\n');
            yield return line;
            var end = text.Text.IndexOf('\n', at + next);
            if (end < 0)
            {
                yield break;
            }

            (line, at) = (line + 1, end + 1);
        }
    }

    private static string? KindOn(SourceText text, int index)
    {
        var line = text.Lines[index];
        if (line.Contains("-----BEGIN ", StringComparison.Ordinal) && line.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return ExposedSecret.IsKey(text, index) ? "private-key" : null;
        }

        try
        {
            return SecretShapes.All.FirstOrDefault(shape => shape.Pattern.Match(line) is { Success: true } match && ExposedSecret.IsReal(shape, match, line, text))?.Kind;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static bool IsConfiguration(string name) =>
        name.StartsWith(".env", StringComparison.Ordinal) ? !name.Contains("example", StringComparison.OrdinalIgnoreCase) && !name.Contains("sample", StringComparison.OrdinalIgnoreCase) && !name.Contains("template", StringComparison.OrdinalIgnoreCase) && !name.Contains("dist", StringComparison.OrdinalIgnoreCase) && !name.Contains("test", StringComparison.OrdinalIgnoreCase)
        : name is "terraform.tfvars" or ".npmrc" or ".pypirc" or ".netrc" || (Ends.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) && !name.Contains("example", StringComparison.OrdinalIgnoreCase) && !name.Contains("sample", StringComparison.OrdinalIgnoreCase));
}
