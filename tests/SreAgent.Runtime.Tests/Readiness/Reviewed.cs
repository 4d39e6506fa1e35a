using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Readiness.Readers;
using SreAgent.Runtime.Readiness.Rules;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>Documents judged by the shipped rules.</summary>
internal static class Reviewed
{
    public static readonly RulesReading Shipped = new([RepositoryRoot.Path("prompts/readiness")]);

    public static readonly MustAnswer[] Questions =
    [
        new(MustAnswerReader.SloObservability, "Which SLOs and SLIs hold for it?"),
        new(MustAnswerReader.FailureRecovery, "In which ways does it fail, and how is it recovered?"),
        new(MustAnswerReader.Upgrade, "How is it upgraded?"),
        new(MustAnswerReader.Dependencies, "What does it depend on?"),
        new(MustAnswerReader.OnCall, "Who is on call?"),
    ];

    private static readonly QuestionJudge Judge = new(Shipped.Rules);

    private static readonly IStatementReader[] Readers = [new MarkdownStatementReader(), new AsciiDocStatementReader(), new PlainTextStatementReader()];

    public static IReadOnlyList<Statement> Statements(string text, string path = "README.md")
    {
        var source = new SourceText(path, text);
        return [.. Readers.Where(reader => reader.Reads(new SourceEntry(path, text.Length))).SelectMany(reader => reader.Read(source))];
    }

    public static IReadOnlyList<QuestionReview> Document(string text, string path = "README.md") => Judge.Judge(Questions, Statements(text, path));

    public static QuestionReview Question(string id, string text, string path = "README.md") => Document(text, path).Single(review => review.Id == id);

    public static SubQuestionReview Part(string question, string part, string text, string path = "README.md") =>
        Question(question, text, path).Parts.Single(review => review.Id == part);

    public static QuestionReview Question(MustAnswer question, string text) => Judge.Judge(question, Statements(text));
}
