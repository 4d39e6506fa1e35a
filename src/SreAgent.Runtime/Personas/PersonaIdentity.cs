using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>Who a file describes: its dialect, the id and name it is addressed by, and what it is for in a sentence or two.</summary>
internal static class PersonaIdentity
{
    private const int LongestName = 120;
    private const int LongestDescription = 1024;

    public static PersonaDialect DialectOf(FrontMatter front, MarkdownOutline outline)
    {
        if (!front.Present)
        {
            return PersonaDialect.JobDescription;
        }

        var hasId = front.Find("id") is not null;
        if (front.Find("title", "reports_to") is not null && (hasId || front.Find("name") is null))
        {
            return PersonaDialect.Role;
        }

        if (hasId && front.Find("skills") is not null && front.Find("tags") is null)
        {
            return PersonaDialect.Role;
        }

        var looks = outline.Where(key => key is "mission" || PersonaSection.MustAnswer(key) || PersonaSection.Priorities(key) || PersonaSection.FailureModes(key)).Any();
        return hasId && (front.Find("tags") is not null || looks) ? PersonaDialect.Lens : PersonaDialect.Agent;
    }

    public static string? NameOf(FrontMatter front, MarkdownOutline outline, PersonaDialect dialect, out int line)
    {
        var entry = dialect == PersonaDialect.Role ? front.Find("title", "name", "id") : front.Find("name", "title", "id");
        line = entry?.Line ?? 0;
        if (entry is not null && MarkdownText.OneLine(entry.Text) is { Length: > 0 } written)
        {
            return MarkdownText.Cut(written, LongestName);
        }

        var profile = outline.Sections.SelectMany(section => section.Lines)
            .Where(text => !text.InCode)
            .Select(text => new MarkdownItem(text.Number, text.Text.Trim().TrimStart('-', '*', ' ')).Labelled())
            .FirstOrDefault(pair => string.Equals(pair.Label, "Agent Name", StringComparison.OrdinalIgnoreCase) && pair.Text.Length > 0);
        var found = profile.Text ?? outline.Sections.FirstOrDefault(section => section.Level is 1 or 2)?.Title;
        return string.IsNullOrWhiteSpace(found) ? null : MarkdownText.Cut(MarkdownText.OneLine(found), LongestName);
    }

    public static string IdOf(string path, FrontMatter front, string? name, int nameLine, List<DocumentProblem> problems)
    {
        var entry = front.Find("id");
        var written = entry?.Text is { Length: > 0 } text ? text : name;
        var id = Slug.Of(written ?? "");
        if (id.Length > 0)
        {
            if (front.Present && front.Find("id", "name") is not null && !string.Equals(id, written, StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(new DocumentProblem(entry?.Line ?? nameLine, ProblemSeverity.Info, $"'{MarkdownText.Quotable(written!)}' is addressed as '{id}'."));
            }

            return id;
        }

        var fromFile = Slug.Of(Path.GetFileNameWithoutExtension(path)) is { Length: > 0 } slug ? slug : "persona";
        problems.Add(new DocumentProblem(nameLine, ProblemSeverity.Warning, $"There is no usable id or name; the file's name gives the id '{fromFile}'."));
        return fromFile;
    }

    public static string DescriptionOf(FrontMatter front, MarkdownOutline outline)
    {
        if (front.Find("description") is { } entry && WithoutExamples(entry) is { Length: > 0 } description)
        {
            return MarkdownText.Cut(description, LongestDescription);
        }

        var section = outline.Where(PersonaSection.Summary).Append(null).First() is { } summary && summary.Paragraphs().Count > 0
            ? summary
            : outline.Sections.FirstOrDefault(section => section.Paragraphs().Count > 0);
        return section is null ? "" : MarkdownText.Cut(MarkdownText.OneLine(MarkdownText.Unmarked(section.Paragraphs()[0].Text)), LongestDescription);
    }

    // Coding agents put whole dialogues into the description; for routing and listing its sentences are enough, and cheaper.
    private static string WithoutExamples(FrontMatterEntry entry)
    {
        var text = (entry.Items is { } items ? string.Join(' ', items) : entry.Text).Replace("\\n", "\n", StringComparison.Ordinal);
        var end = new[] { text.IndexOf("<example>", StringComparison.OrdinalIgnoreCase), text.IndexOf("Examples:", StringComparison.Ordinal) }
            .Where(index => index > 0).DefaultIfEmpty(text.Length).Min();
        return MarkdownText.OneLine(text[..end]);
    }
}
