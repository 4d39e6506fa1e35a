using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>
/// Reads a persona from a Markdown file in any of the four dialects, without edits. Never throws for what a file holds: it takes what it
/// can and reports the rest. Only a file with neither a name nor a body is refused.
/// </summary>
internal static class PersonaParser
{
    private const int LongestDescription = 1024;

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
        var dialect = DialectOf(front, outline);
        var body = front.Body.Trim();

        var name = NameOf(front, outline, dialect, out var nameLine);
        if (name is null && body.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Error, "The file has neither a name nor a body: there is nobody to be. Write 'name:' in the front matter and who it is below."));
            return (null, problems);
        }

        var id = IdOf(path, front, name, nameLine, problems);
        if (body.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Warning, "The file has no body: nothing tells the model who it is."));
        }

        var description = DescriptionOf(front, outline);
        if (description.Length == 0)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Warning, "There is no description: the persona cannot be chosen by what it is for."));
        }

        NoteUnknownKeys(front, problems);
        var recommended = RecommendedServers(front, outline);
        var tools = ToolsOf(front, outline, dialect, recommended, problems);
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

    private static PersonaDialect DialectOf(FrontMatter front, MarkdownOutline outline)
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

    private static string? NameOf(FrontMatter front, MarkdownOutline outline, PersonaDialect dialect, out int line)
    {
        var entry = dialect == PersonaDialect.Role ? front.Find("title", "name", "id") : front.Find("name", "title", "id");
        line = entry?.Line ?? 0;
        if (entry is not null && MarkdownText.OneLine(entry.Text) is { Length: > 0 } written)
        {
            return MarkdownText.Cut(written, 120);
        }

        var profile = outline.Sections.SelectMany(section => section.Lines)
            .Where(text => !text.InCode)
            .Select(text => new MarkdownItem(text.Number, text.Text.Trim().TrimStart('-', '*', ' ')).Labelled())
            .FirstOrDefault(pair => string.Equals(pair.Label, "Agent Name", StringComparison.OrdinalIgnoreCase) && pair.Text.Length > 0);
        var found = profile.Text ?? outline.Sections.FirstOrDefault(section => section.Level is 1 or 2)?.Title;
        return string.IsNullOrWhiteSpace(found) ? null : MarkdownText.Cut(MarkdownText.OneLine(found), 120);
    }

    private static string IdOf(string path, FrontMatter front, string? name, int nameLine, List<DocumentProblem> problems)
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

    private static string DescriptionOf(FrontMatter front, MarkdownOutline outline)
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

    private static IReadOnlyList<NamedTool> ToolsOf(
        FrontMatter front, MarkdownOutline outline, PersonaDialect dialect, IReadOnlyList<McpRecommendation> recommended, List<DocumentProblem> problems)
    {
        if (front.Find("tools", "allowed-tools") is { } entry)
        {
            return Without(front.Find("disallowed-tools"), ToolNaming.Translate(ToolNaming.Names(entry), entry.Line, problems), problems);
        }

        if (dialect != PersonaDialect.JobDescription)
        {
            problems.Add(new DocumentProblem(0, ProblemSeverity.Info,
                "There is no 'tools' key: it holds the host's own tools and nothing else. Name tools or toolsets to grant them: tools: [prometheus, alertmanager_list_alerts]."));
            return [];
        }

        var section = outline.ItemsOf(PersonaSection.Tools);
        if (section.Count > 0)
        {
            return [.. section.SelectMany(item => ToolNaming.Translate(ToolNaming.Split(item.Labelled() is { Label: { } label } ? label : MarkdownText.Unmarked(item.Text)).Take(1), item.Line, problems))];
        }

        // A job description grants by recommending: the server's name is the toolset's.
        return [.. recommended.SelectMany(server => ToolNaming.Translate([Slug.Of(server.Server)], 0, problems))];
    }

    private static IReadOnlyList<NamedTool> Without(FrontMatterEntry? denied, IReadOnlyList<NamedTool> tools, List<DocumentProblem> problems)
    {
        if (denied is null)
        {
            return tools;
        }

        var patterns = ToolNaming.Translate(ToolNaming.Names(denied), denied.Line, []).Select(tool => tool.Pattern).ToArray();
        var kept = tools.Where(tool => !Pattern.MatchesAny(patterns, tool.Pattern)).ToArray();
        foreach (var pattern in patterns)
        {
            if (kept.FirstOrDefault(tool => Pattern.Matches(tool.Pattern, pattern) || pattern.StartsWith(tool.Pattern + "_", StringComparison.Ordinal)) is { Pattern: { } wider })
            {
                problems.Add(new DocumentProblem(denied.Line, ProblemSeverity.Warning,
                    $"'{pattern}' is disallowed but still held through '{wider}'; name the tools it should hold instead of '{wider}'."));
            }
        }

        return kept;
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
