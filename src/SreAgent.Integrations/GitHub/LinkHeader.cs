using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.GitHub;

/// <summary>The <c>Link</c> header (RFC 8288), of which only <c>rel="next"</c> matters: pages are followed, never computed.</summary>
internal static partial class LinkHeader
{
    /// <summary>Where the next page is. Absent on the last one.</summary>
    public static Uri? Next(HttpResponseHeaders headers) =>
        headers.TryGetValues("Link", out var values)
        && Entry().Matches(string.Join(", ", values)).FirstOrDefault(entry => entry.Groups["relation"].Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase)) is { } next
        && Uri.TryCreate(next.Groups["address"].Value, UriKind.Absolute, out var address)
            ? address
            : null;

    [GeneratedRegex(@"<(?<address>[^<>]{1,2000})>\s{0,8};([^<]{0,500}?;)?\s{0,8}rel=""?(?<relation>[^"";,<]{1,100})", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Entry();
}
