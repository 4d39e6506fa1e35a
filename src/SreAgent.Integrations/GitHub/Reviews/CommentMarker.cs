using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.GitHub.Reviews;

/// <summary>
/// The invisible first line of a comment that is kept up to date: what it is found again by, and what it said last. It proves nothing by
/// itself, since anybody can write one or quote it; the comment's author has to be us as well.
/// </summary>
/// <param name="Key">Which of our comments it is.</param>
/// <param name="Commit">Full hash it speaks of.</param>
/// <param name="Digest">Of what the review says, commits aside.</param>
/// <param name="Content">Of everything after the marker, as we sent it.</param>
internal sealed partial record CommentMarker(string Key, string Commit, string Digest, string Content)
{
    public static CommentMarker Of(string key, string commit, string digest, string content) =>
        new(key, commit, digest, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));

    /// <returns>Null when the comment does not begin with one.</returns>
    public static CommentMarker? Read(string? comment) =>
        comment is not null && Form().Match(comment) is { Success: true } match
            ? new CommentMarker(match.Groups["key"].Value, match.Groups["commit"].Value, match.Groups["digest"].Value, match.Groups["content"].Value)
            : null;

    public override string ToString() => $"<!-- sre-agent:review key={Key} commit={Commit} digest={Digest} content={Content} -->";

    [GeneratedRegex(
        @"\A<!-- sre-agent:review key=(?<key>[A-Za-z0-9._-]{1,100}) commit=(?<commit>[0-9a-f]{40,64}) digest=(?<digest>[0-9a-f]{64}) content=(?<content>[0-9a-f]{64}) -->",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
