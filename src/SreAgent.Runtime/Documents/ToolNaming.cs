using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>A tool, toolset or pattern as a document names it, in this host's words.</summary>
internal readonly record struct NamedTool(string Pattern, int Line);

/// <summary>
/// Turns the tool list of a document into this host's names. A coding agent's tools are translated where there is an honest equivalent;
/// where there is none, nothing is held and the document's reader is told why.
/// </summary>
internal static class ToolNaming
{
    private const string NoFiles = "this host has no tool over the files of the machine it runs on";
    private const string NoShell = "this host runs no shell commands for a model; name the tools that do the work (prometheus, fly, github, ...)";
    private const string NoFetch = "this host fetches no address a model chooses; name the system's own toolset (grafana, github, ...)";
    private const string NoAgents = "this host starts no agents; whom to hand over to is read from the document's routing";
    private const string OwnPlan = "the host keeps track of a conversation by itself";

    private static readonly Dictionary<string, string> NotHere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Read"] = NoFiles,
        ["Write"] = NoFiles,
        ["Edit"] = NoFiles,
        ["MultiEdit"] = NoFiles,
        ["NotebookEdit"] = NoFiles,
        ["NotebookRead"] = NoFiles,
        ["Glob"] = NoFiles,
        ["Grep"] = NoFiles,
        ["LS"] = NoFiles,
        ["Bash"] = NoShell,
        ["BashOutput"] = NoShell,
        ["KillBash"] = NoShell,
        ["KillShell"] = NoShell,
        ["PowerShell"] = NoShell,
        ["WebFetch"] = NoFetch,
        ["WebSearch"] = NoFetch,
        ["Task"] = NoAgents,
        ["Agent"] = NoAgents,
        ["TodoWrite"] = OwnPlan,
        ["TodoRead"] = OwnPlan,
        ["ExitPlanMode"] = OwnPlan,
        ["AskUserQuestion"] = OwnPlan,
        ["SlashCommand"] = OwnPlan,
    };

    /// <summary>Splits a list written as one text: commas or spaces between, none inside parentheses.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (depth == 0 && (text[i] == ',' || char.IsWhiteSpace(text[i]))))
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
            else
            {
                depth = Math.Max(0, depth + (text[i] is '(' ? 1 : text[i] is ')' ? -1 : 0));
            }
        }
    }

    /// <summary>The names under a key, whichever way they are listed.</summary>
    public static IReadOnlyList<string> Names(FrontMatterEntry? entry) => entry switch
    {
        null => [],
        { Items: { } items } => [.. items.SelectMany(item => Split(item.Trim()))],
        { Pairs: { } pairs } => [.. pairs.Where(pair => !string.Equals(pair.Value, "false", StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Key)],
        _ => [.. Split(entry.Text.Trim().TrimStart('[').TrimEnd(']')).Select(name => name.Trim('"', '\''))],
    };

    public static IReadOnlyList<NamedTool> Translate(IEnumerable<string> names, int line, List<DocumentProblem> problems)
    {
        var tools = new List<NamedTool>();
        foreach (var name in names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (Translate(name, out var whyNot) is { } pattern)
            {
                tools.Add(new NamedTool(pattern, line));
            }
            else
            {
                problems.Add(new DocumentProblem(line, ProblemSeverity.Info, $"'{MarkdownText.Quotable(name)}' is not granted: {whyNot}."));
            }
        }

        return tools;
    }

    private static string? Translate(string name, out string whyNot)
    {
        whyNot = "";
        var parenthesis = name.IndexOf('(', StringComparison.Ordinal);
        var plain = parenthesis > 0 ? name[..parenthesis] : name;
        if (NotHere.TryGetValue(plain, out var reason))
        {
            whyNot = reason;
            return null;
        }

        if (string.Equals(plain, "Skill", StringComparison.OrdinalIgnoreCase))
        {
            return "host_read_skill";
        }

        if (plain.StartsWith("mcp__", StringComparison.Ordinal))
        {
            return FromMcp(plain, out whyNot);
        }

        if (IsOurs(plain) && parenthesis < 0)
        {
            return plain;
        }

        whyNot = "it is no name this host could have (lower-case letters, digits, '_', '-' and '*')";
        return null;
    }

    // mcp__server__tool is how coding agents write the tool of an MCP server; ours start with their system's name.
    private static string? FromMcp(string name, out string whyNot)
    {
        whyNot = "it names no server";
        var parts = name.Split("__", StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return null;
        }

        var server = parts[1].ToLowerInvariant();
        if (parts.Length == 2 || parts[2] == "*")
        {
            return server;
        }

        var system = server.Replace('-', '_') + "_";
        var tool = parts[2].ToLowerInvariant().Replace('-', '_');
        return tool.StartsWith(system, StringComparison.Ordinal) ? tool : system + tool;
    }

    private static bool IsOurs(string name) => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-' or '*' or '.');
}
