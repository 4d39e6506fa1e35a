using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Core.Tests.Readiness.PullRequests;

/// <summary>Reviews and changes in as few words as a test needs.</summary>
internal static class Reviewed
{
    public static PullRequestFacts Pull(params ChangedPath[] files) => new("acme/shop", 7, new string('b', 40), new string('a', 40))
    {
        Target = "main",
        Files = files,
        Page = new Uri("https://github.com/acme/shop/pull/7"),
    };

    public static QuestionReview Question(string id, Verdict verdict, params SubQuestionReview[] parts) =>
        new(id, $"What about {id}?", verdict, verdict == Verdict.Missing ? [] : [new Citation($"docs/{id}.md", 3, 3, "says so")], verdict == Verdict.Answered ? [] : [$"Write {id} down."]) { Parts = parts };

    public static SubQuestionReview Part(string id, SubQuestionState state) => new(id, $"the {id}", state, []);

    public static ReadinessReview Review(IReadOnlyList<QuestionReview> questions, params Finding[] findings) =>
        new() { Subject = "acme/shop#7", Commit = new string('b', 40), Persona = "sre-operator", Questions = questions, Findings = findings };

    public static Statement Statement(StatementKind kind, string text, string path, int line, params (string Name, string Value)[] fields) => new()
    {
        Kind = kind,
        Text = text,
        At = new Citation(path, line, line, text) { Kind = "test" },
        Fields = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal),
    };

    public static ReadChange Change(string path, Statement[] before, Statement[] after) =>
        new(new ChangedPath(path, PathChange.Modified), new ReadContent(before, Text: null), new ReadContent(after, Text: null));

    public static ReadChange Manifest(string path, string before, string after) =>
        new(new ChangedPath(path, PathChange.Modified), new ReadContent([], new SourceText(path, before)), new ReadContent([], new SourceText(path, after)));
}
