using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>
/// Reads a persona from a Markdown file in any of the four dialects, without edits. Never throws for what a file holds: it takes what it
/// can and reports the rest. Only a file with neither a name nor a body is refused.
/// </summary>
internal static class PersonaParser
{
    private static readonly string[] KnownKeys =
    [
        "id", "name", "title", "description", "tools", "allowed-tools", "disallowed-tools", "model", "skills", "tags", "reports_to", "level", "mcp-servers",
        "when_to_use",
    ];

    /// <summary>Reads and parses a file.</summary>
    public static ShelvedDocument<PersonaDocument> Read(string path)
    {
        var text = DocumentText.Read(path);
        if (text.Text is null)
        {
            return new ShelvedDocument<PersonaDocument>(path, Value: null, text.Problems);
        }

        var (document, problems) = Parse(path, text.Text);
        return new ShelvedDocument<PersonaDocument>(path, document, [.. text.Problems, .. problems]);
    }

    public static (PersonaDocument? Document, IReadOnlyList<DocumentProblem> Problems) Parse(string path, string text)
    {
        var front = FrontMatter.Read(text);
        var problems = new List<DocumentProblem>(front.Problems);
        var outline = MarkdownOutline.Of(front.Body, front.BodyLine, PersonaSection.IsLabel);
        var dialect = PersonaIdentity.DialectOf(front, outline);
        var body = front.Body.Trim();

        var name = PersonaIdentity.NameOf(front, outline, dialect, out var nameLine);
        if (name is null && body.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Error, "The file has neither a name nor a body: there is nobody to be. Write 'name:' in the front matter and who it is below."));
            return (null, problems);
        }

        var id = PersonaIdentity.IdOf(path, front, name, nameLine, problems);
        if (body.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Warning, "The file has no body: nothing tells the model who it is."));
        }

        var description = PersonaIdentity.DescriptionOf(front, outline);
        if (description.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Warning, "There is no description: the persona cannot be chosen by what it is for."));
        }

        NoteUnknownKeys(front, problems);
        var recommended = RecommendedServers(front, outline);
        var tools = PersonaGrants.Read(front, outline, dialect, recommended, problems);
        var routing = PersonaRouting.Read(outline, description);
        var skills = SkillsOf(front, outline, dialect, out var skillsLine);
        var persona = new Persona
        {
            Id = id,
            Name = name ?? id,
            Dialect = dialect,
            Path = path,
            Description = description,
            Instructions = body,
            ToolGrants = [.. tools.Select(tool => tool.Pattern).Distinct(StringComparer.Ordinal)],
            Skills = skills,
            WhenToUse = routing.WhenToUse,
            WhenNotToUse = routing.WhenNotToUse,
            Handovers = routing.Handovers,
            MustAnswer = MustAnswerReader.Read(outline, problems),
            Priorities = Words(outline.ItemsOf(PersonaSection.Priorities)),
            FailureModes = Words(outline.ItemsOf(PersonaSection.FailureModes)),
            Modes = [.. outline.ItemsOf(PersonaSection.Modes).Select(Mode).OfType<PersonaMode>()],
            ExamplePhrases = [.. outline.ItemsOf(PersonaSection.ExamplePhrases).Select(item => MarkdownText.Unmarked(item.Text).Trim('"', '“', '”', ' '))],
            RecommendedMcpServers = recommended,
            Model = front.Text("model"),
        };
        return (new PersonaDocument(persona, tools, skillsLine), problems);
    }

    private static IReadOnlyList<string> SkillsOf(FrontMatter front, MarkdownOutline outline, PersonaDialect dialect, out int line)
    {
        var entry = front.Find("skills");
        line = entry?.Line ?? 0;
        if (entry is not null)
        {
            return [.. ToolNaming.Names(entry).Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        if (dialect != PersonaDialect.JobDescription)
        {
            return [];
        }

        var items = outline.ItemsOf(PersonaSection.Skills).Select(item => item.Labelled()).Select(pair => pair.Label ?? pair.Text);
        return [.. items.Where(name => name == Slug.Of(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static McpRecommendation[] RecommendedServers(FrontMatter front, MarkdownOutline outline)
    {
        var written = outline.ItemsOf(PersonaSection.McpServers).Select(item => item.Labelled())
            .Where(pair => pair.Label is not null)
            .Select(pair => new McpRecommendation(pair.Label!, pair.Text));
        var entry = front.Find("mcp-servers");
        var listed = entry?.Pairs?.Select(pair => pair.Key) ?? (entry is null ? [] : ToolNaming.Names(entry));
        return [.. written.Concat(listed.Select(server => new McpRecommendation(server, ""))).DistinctBy(server => server.Server, StringComparer.OrdinalIgnoreCase)];
    }

    private static void NoteUnknownKeys(FrontMatter front, List<DocumentProblem> problems)
    {
        foreach (var entry in front.Entries.Where(entry => !KnownKeys.Any(key => FrontMatterEntry.SameKey(key, entry.Key))))
        {
            problems.Add(new DocumentProblem(entry.Line, ProblemSeverity.Info, $"The key '{MarkdownText.Quotable(entry.Key)}' means nothing to this host."));
        }
    }

    private static PersonaMode? Mode(MarkdownItem item)
    {
        var (label, text) = item.Labelled();
        return label is null ? null : new PersonaMode(label.StartsWith("The ", StringComparison.OrdinalIgnoreCase) ? label[4..].Trim() : label, text);
    }

    private static IReadOnlyList<string> Words(IReadOnlyList<MarkdownItem> items) => [.. items.Select(item => MarkdownText.Unmarked(item.Text))];
}
