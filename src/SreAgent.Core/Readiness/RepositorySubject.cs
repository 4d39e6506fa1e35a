using System.Globalization;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness;

/// <summary>A repository of the code host as people write it: <c>owner/repo</c>, <c>owner/repo@ref</c> or <c>owner/repo#12</c>.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
public sealed partial record RepositorySubject(string Repository)
{
    /// <summary>Branch, tag or commit. Absent means the default branch, or the head of <see cref="PullRequest"/>.</summary>
    public string? Reference { get; init; }

    /// <summary>From 1. Never together with a reference.</summary>
    public int? PullRequest { get; init; }

    /// <returns>Null when the text has another form.</returns>
    public static RepositorySubject? TryParse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"];
        return new RepositorySubject(match.Groups["repository"].Value)
        {
            Reference = match.Groups["ref"] is { Success: true, Value: var reference } ? reference : null,
            PullRequest = number.Success ? int.Parse(number.Value, CultureInfo.InvariantCulture) : null,
        };
    }

    public override string ToString() => PullRequest is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Repository}#{number}")
        : Reference is { } reference ? $"{Repository}@{reference}" : Repository;

    [GeneratedRegex(
        @"^(?<repository>[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.{1,2}(\z|[@#]))[A-Za-z0-9._-]{1,100})(@(?<ref>[^\s\x00-\x1f\x7f~^:?*\[\\]{1,200})|#(?<number>[1-9][0-9]{0,8}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Form();
}
