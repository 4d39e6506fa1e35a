using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>
/// Whether a line could show a secret that nothing labels as one: a long word of letters and digits, or a user with a password before a host. For what
/// often stands beside secrets, and is worth less than one shown.
/// </summary>
internal static partial class UnlabelledSecrets
{
    public static bool MayStand(string line) => Word().IsMatch(line) || User().IsMatch(line);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{16,}", Options, 10_000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[^\s:'""]:[^\s:'""@/]{1,200}@", Options, 10_000)]
    private static partial Regex User();
}
