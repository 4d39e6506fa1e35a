using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.Findings;

/// <summary>Where in the reviewed tree a link leads, if it leads there at all.</summary>
internal static partial class RepositoryLink
{
    /// <param name="link">As written.</param>
    /// <param name="from">The file it stands in.</param>
    /// <param name="isRelative">Whether a bare path counts from the folder of that file, as in Markdown; in an alert it counts from the root.</param>
    /// <returns>A path from the root; null for a link elsewhere, and for one that cannot be told.</returns>
    public static string? Target(string link, string from, bool isRelative)
    {
        var bare = link.Split('#', '?')[0].Trim();
        if (bare.Length == 0 || bare.Contains('{', StringComparison.Ordinal) || bare.Contains('$', StringComparison.Ordinal) || bare.Contains('<', StringComparison.Ordinal) || bare.Contains("templated", StringComparison.Ordinal))
        {
            return null;
        }

        // A full address may name any repository; which one this is cannot be told from its files.
        if (Scheme().IsMatch(bare) || bare.StartsWith("//", StringComparison.Ordinal) || !Document().IsMatch(bare))
        {
            return null;
        }

        return Walk(bare.StartsWith('/') ? "" : isRelative ? from[..(from.LastIndexOf('/') + 1)] : "", Uri.UnescapeDataString(bare.TrimStart('/')));
    }

    private static string? Walk(string folder, string link)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in link.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Scheme();

    // Something that is clearly a document of a repository, so that a site's own addresses are left alone.
    [GeneratedRegex(@"\.(md|markdown|adoc|asciidoc|rst|txt)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Document();
}
