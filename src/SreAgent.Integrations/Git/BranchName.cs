using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>
/// Names of branches and other refs, before git sees them. Plain ASCII only: a name a person approves must not look like another one.
/// </summary>
internal static partial class BranchName
{
    public const string Rule = "letters, digits, and . _ / + # @ -, beginning with a letter or digit";

    /// <summary>Narrower than what git allows (<c>git check-ref-format</c>), and never read as an option, a revision expression or a hash.</summary>
    public static bool IsPlain(string name) =>
        Form().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("//", StringComparison.Ordinal)
        && !name.EndsWith('/') && !name.EndsWith('.') && name is not ("HEAD" or "FETCH_HEAD" or "ORIG_HEAD")
        && !IsHash(name)
        && name.Split('/').All(part => !part.StartsWith('.') && !part.EndsWith(".lock", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ToolException">It is not usable; says what is.</exception>
    public static string Checked(string name) =>
        IsPlain(name) && name is not ("refs" or "heads" or "tags") && !name.StartsWith("refs/", StringComparison.Ordinal)
            ? name
            : throw new ToolException($"'{Shown(name)}' cannot be a branch here: use {Rule}, such as sre/41-raise-pool-limit, and no hash.");

    /// <summary>Seven to 64 hexadecimal digits.</summary>
    public static bool IsHash(string text) => Hash().IsMatch(text);

    /// <summary>A name out of a message that says it is wrong.</summary>
    public static string Shown(string text)
    {
        var shown = string.Concat(text.Take(80).Select(c => c is >= ' ' and < (char)127 ? c : '?'));
        return text.Length > 80 ? shown + "…" : shown;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/+#@-]{0,199}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[0-9a-fA-F]{7,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Hash();
}
