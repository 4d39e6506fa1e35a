using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>The parts of a persona's text that the host reads, by the headings people give them.</summary>
internal static class PersonaSection
{
    public static bool WhenToUse(string key) => StartsWithAny(key, "when to use", "use when", "use this agent when", "when to invoke", "when to call");

    public static bool WhenNotToUse(string key) => StartsWithAny(key, "when not to", "when to avoid", "avoid when", "do not use", "don t use", "dont use");

    public static bool Handovers(string key) =>
        StartsWithAny(key, "collaboration", "hand off", "handoff", "hand over", "handover", "integration with other agents", "working with other");

    public static bool MustAnswer(string key) => StartsWithAny(key, "must answer", "questions to answer", "questions you must answer");

    public static bool Priorities(string key) => StartsWithAny(key, "priorities", "priority order");

    public static bool FailureModes(string key) => key is "failure modes" or "failure modes avoid" or "failure modes to avoid" or "avoid these failure modes";

    public static bool Modes(string key) => key is "personalities" or "modes" or "operating modes" or "modes of work";

    public static bool ExamplePhrases(string key) => StartsWithAny(key, "example phrases", "sample phrases");

    public static bool McpServers(string key) => StartsWithAny(key, "recommended mcp servers", "mcp servers", "mcp integration");

    public static bool Tools(string key) => key is "tools" or "tool grants" or "granted tools";

    public static bool Skills(string key) => key is "skills";

    public static bool Summary(string key) => key is "mission" or "role overview" or "job description" or "overview" or "purpose" or "role" or "summary";

    public static bool Profile(string key) => StartsWithAny(key, "ai agent profile");

    /// <summary>Whether a line in bold with these words is one of them rather than emphasis.</summary>
    public static bool IsLabel(string key) =>
        WhenToUse(key) || WhenNotToUse(key) || Handovers(key) || MustAnswer(key) || Priorities(key) || FailureModes(key) || Modes(key)
        || ExamplePhrases(key) || McpServers(key);

    /// <summary>The elements of every section of this kind, in order.</summary>
    public static IReadOnlyList<MarkdownItem> ItemsOf(this MarkdownOutline outline, Func<string, bool> kind) =>
        [.. outline.Where(kind).SelectMany(section => section.Items())];

    private static bool StartsWithAny(string key, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (key.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
