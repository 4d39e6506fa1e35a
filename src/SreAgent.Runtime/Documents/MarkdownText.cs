using System.Text;

namespace SreAgent.Runtime.Documents;

/// <summary>Plain words out of Markdown and out of text somebody else wrote.</summary>
internal static class MarkdownText
{
    /// <summary>Runs of white space and control characters become one space.</summary>
    public static string OneLine(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                plain.Append(c);
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>Fit for a message: one line, no control characters, at most 120 characters.</summary>
    public static string Quotable(string text) => Cut(OneLine(text.Length > 1000 ? text[..1000] : text), 120);

    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end].TrimEnd() + "…";
    }

    /// <summary>Emphasis and code marks taken off.</summary>
    public static string Unmarked(string text) =>
        text.Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim();

    /// <summary>A heading as it is looked up: lower-case words with single spaces, emoji and punctuation gone.</summary>
    public static string Key(string heading)
    {
        var key = new StringBuilder(heading.Length);
        foreach (var c in heading)
        {
            if (char.IsLetterOrDigit(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
            else if (c != '\'' && key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString().TrimEnd();
    }
}
