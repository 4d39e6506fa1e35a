namespace SreAgent.Integrations.GitHub;

/// <summary>Outside text, cut to what a reader needs and saying so.</summary>
internal static class Excerpt
{
    /// <summary>One line of it, fit for a sentence.</summary>
    public static string Line(string? text, int most)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : Cut(line, most) + "…";
    }

    /// <summary>Its beginning, lines kept.</summary>
    public static string Text(string? text, int most) =>
        text is null || text.Length <= most ? text ?? "" : $"{Cut(text, most)}\n… [{text.Length - most:N0} more characters]";

    /// <summary>No longer than this, ending in <c>…</c> when something is missing.</summary>
    public static string Short(string text, int most) => text.Length <= most ? text : Cut(text, most - 1) + "…";

    /// <summary>Never in the middle of a character that takes two.</summary>
    private static string Cut(string text, int most) => text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
