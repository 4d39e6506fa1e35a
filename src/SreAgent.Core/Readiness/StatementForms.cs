namespace SreAgent.Core.Readiness;

/// <summary>How a statement of prose is set, where that matters to a rule.</summary>
internal enum StatementForm
{
    Text = 0,

    Code,

    Link,
}

/// <summary>How readers mark what is no running text: by the field <see cref="Field"/>.</summary>
public static class StatementForms
{
    /// <summary>Name of the field.</summary>
    public const string Field = "form";

    /// <summary>Of a block of code: a query, the commands of a step.</summary>
    public static readonly IReadOnlyDictionary<string, string> Code = new Dictionary<string, string>(StringComparer.Ordinal) { [Field] = "code" };

    /// <summary>Of a line that is nothing but a link to another document.</summary>
    public static readonly IReadOnlyDictionary<string, string> Link = new Dictionary<string, string>(StringComparer.Ordinal) { [Field] = "link" };

    internal static StatementForm Of(Statement statement) =>
        ReferenceEquals(statement.Fields, Code) ? StatementForm.Code : ReferenceEquals(statement.Fields, Link) ? StatementForm.Link : StatementForm.Text;
}
