using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>Which tools a file grants. Least privilege: what it does not name, it does not grant.</summary>
internal static class PersonaGrants
{
    public static IReadOnlyList<NamedTool> Read(
        FrontMatter front, MarkdownOutline outline, PersonaDialect dialect, IReadOnlyList<McpRecommendation> recommended, List<DocumentProblem> problems)
    {
        if (front.Find("tools", "allowed-tools") is { } entry)
        {
            var named = ToolNaming.Translate(ToolNaming.Names(entry), entry.Line, problems);
            if (named.Any(tool => tool.Pattern.Trim('*').Length == 0))
            {
                problems.Add(new DocumentProblem(entry.Line, ProblemSeverity.Warning, "'*' grants every tool there is; name the tools or toolsets it needs."));
            }

            return Without(front.Find("disallowed-tools"), named, problems);
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
            return [.. section.SelectMany(item => ToolNaming.Translate(ToolNaming.Split(item.Labelled().Label ?? item.Labelled().Text).Take(1), item.Line, problems))];
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
}
