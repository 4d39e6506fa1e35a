using System.Globalization;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness;

/// <summary>What a review of a code host is asked of: <c>owner/repo</c>, <c>owner/repo@ref</c> or <c>owner/repo#12</c>.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Reference">Branch, tag or commit. Absent: the default branch, or a pull request is meant.</param>
/// <param name="PullRequest">Its number, from 1. Absent when none is meant.</param>
public sealed partial record SubjectName(string Repository, string? Reference, long? PullRequest)
{
    /// <returns>Null when the text has another form, such as a path. A folder that exists under this name should win.</returns>
    public static SubjectName? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text);
        return !match.Success || match.Groups["name"].Value is "." or ".." ? null
            : new SubjectName(
                $"{match.Groups["owner"].Value}/{match.Groups["name"].Value}",
                match.Groups["ref"] is { Success: true } reference ? reference.Value : null,
                match.Groups["pull"] is { Success: true } pull ? long.Parse(pull.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null);
    }

    public override string ToString() =>
        PullRequest is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Repository}#{number}") : Reference is null ? Repository : $"{Repository}@{Reference}";

    [GeneratedRegex(
        @"^(?<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?<name>[A-Za-z0-9._-]{1,100})(@(?<ref>[^\s@#][^\s#]{0,249})|\#(?<pull>[1-9][0-9]{0,14}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
