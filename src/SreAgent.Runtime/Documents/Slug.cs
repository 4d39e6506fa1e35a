using System.Text;

namespace SreAgent.Runtime.Documents;

/// <summary>An id made from words: lower-case letters and digits with single hyphens between; everything else is a gap.</summary>
internal static class Slug
{
    private const int Longest = 64;

    public static string Of(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (c != '\'' && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == Longest)
            {
                break;
            }
        }

        return slug.ToString().Trim('-');
    }
}
