using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Core.Redaction;

namespace SreAgent.Core.Tests.Readiness;

/// <summary>A persona that asks two things, and a review that answers both from one file.</summary>
internal static class ReviewBuilder
{
    public const string Commit = "1f4e0c6d2b7a9f3e5d8c1b0a7f6e5d4c3b2a1908";

    public const string Runbook = """
        # Runbook

        Ada Lovelace is called first, then the payments team.

        <!-- Nobody is on call at night. -->
        Roll back with `make rollback`; it takes two minutes. <!-- never tried -->
        """;

    /// <summary>Holds others to the lines of Markdown, promises and hints left out.</summary>
    public static ReviewGate Gate { get; } = new(
        Redactor.WithoutConfiguredValues,
        [new LineReader()],
        new Lazy<QuestionJudge>(() => new QuestionJudge(new ReadinessRules("1", []) { Wording = new Wording { Promises = ["will be"], Hints = ["^describe"] } })));

    public static Persona Persona { get; } = new()
    {
        Id = "sre-operator",
        Name = "SRE operator",
        Dialect = PersonaDialect.Lens,
        Path = "personas/sre-operator.md",
        Instructions = "",
        MustAnswer = [new MustAnswer("on-call", "Who is on call?"), new MustAnswer("upgrade", "How is it upgraded?")],
    };

    public static Citation OnCall { get; } = new("docs/runbook.md", 3, 3, "Ada Lovelace is called first, then the payments team.");

    public static Citation Rollback { get; } = new("docs/runbook.md", 6, 6, "Roll back with `make rollback`; it takes two minutes.");

    public static ReadinessReview Honest { get; } = new()
    {
        Subject = "shop/checkout",
        Commit = Commit,
        Persona = "sre-operator",
        Questions = [Answered("on-call", OnCall), new QuestionReview("upgrade", "How is it upgraded?", Verdict.Partly, [Rollback], ["Say how a schema is migrated, in docs/runbook.md."])],
    };

    public static QuestionReview Answered(string id, params Citation[] evidence) =>
        new(id, Persona.MustAnswer.First(question => question.Id == id).Question, Verdict.Answered, evidence, []);

    public static ReadinessReview With(this ReadinessReview review, QuestionReview question) =>
        review with { Questions = [.. review.Questions.Select(other => other.Id == question.Id ? question : other)] };
}
