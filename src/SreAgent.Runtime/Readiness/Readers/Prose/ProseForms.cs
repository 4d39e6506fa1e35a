namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>How a statement of prose is set, where that matters to a rule.</summary>
internal static class ProseForms
{
    /// <summary>It is a block of code: a query, the commands of a step.</summary>
    public static readonly IReadOnlyDictionary<string, string> Code = new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = "code" };
}
