using System.Text.Json.Serialization;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Host.Commands.Review;

/// <summary>A review as <c>review --json</c> prints it. Others build on these names.</summary>
/// <param name="PullRequest">What a pull request changes. Absent for anything else.</param>
/// <param name="Withheld">Why it may not be published. Absent when it may.</param>
internal sealed record ReviewDocument(
    string Subject,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Commit,
    string Persona,
    bool Ready,
    IReadOnlyList<QuestionDocument> Questions,
    IReadOnlyList<FindingDocument> Findings,
    IReadOnlyList<string> NotLookedAt,
    PullRequestDocument? PullRequest,
    IReadOnlyList<string>? Withheld)
{
    public static ReviewDocument Of(ReviewedSubject reviewed)
    {
        var review = reviewed.Review;
        return new ReviewDocument(
            review.Subject, review.Commit, review.Persona, reviewed.Ready, [.. review.Questions.Select(QuestionDocument.Of)],
            [.. review.Findings.Select(FindingDocument.Of)], review.NotLookedAt, PullRequestDocument.Of(reviewed.Change), reviewed.Run.Publishable ? null : reviewed.Run.Withheld);
    }
}

/// <param name="NotApplicable">The author's reason why it, or a part of it, does not apply.</param>
/// <param name="Waived">The reason of the waiver in force.</param>
internal sealed record QuestionDocument(
    string Id, string Question, Verdict Verdict, IReadOnlyList<CitationDocument> Evidence, IReadOnlyList<string> Gaps, IReadOnlyList<PartDocument> Parts,
    string? NotApplicable, string? Waived)
{
    public static QuestionDocument Of(QuestionReview question) => new(
        question.Id, question.Question, question.Verdict, [.. question.Evidence.Select(CitationDocument.Of)], question.Gaps, [.. question.Parts.Select(PartDocument.Of)],
        question.NotApplicable, question.Waived);
}

/// <param name="Kind">What sort of text it is, in words: <c>alert rule</c>.</param>
internal sealed record CitationDocument(string Path, int Line, int EndLine, string Quote, string? Kind)
{
    public static CitationDocument Of(Citation citation) => new(citation.Path, citation.Line, citation.EndLine, citation.Quote, citation.Kind);
}

internal sealed record PartDocument(string Id, string Asks, SubQuestionState State, IReadOnlyList<CitationDocument> Evidence, string? Reason)
{
    public static PartDocument Of(SubQuestionReview part) => new(part.Id, part.Asks, part.State, [.. part.Evidence.Select(CitationDocument.Of)], part.Reason);
}

internal sealed record FindingDocument(string Id, FindingSeverity Severity, string Message, string? Path, int? Line, string? Waived)
{
    public static FindingDocument Of(Finding finding) => new(finding.Id, finding.Severity, finding.Message, finding.Path, finding.Line, finding.Waived);
}

/// <summary>What a pull request makes better or worse, and what it does in production.</summary>
/// <param name="Base">The commit it was made on.</param>
internal sealed record PullRequestDocument(
    string Repository, int Number, string Head, string Base, IReadOnlyList<QuestionChange> Questions, IReadOnlyList<FindingDocument> NewFindings,
    IReadOnlyList<FindingDocument> SettledFindings, IReadOnlyList<FindingDocument> Impact)
{
    public static PullRequestDocument? Of(PullRequestReview? change) => change is null ? null : new PullRequestDocument(
        change.PullRequest.Repository, change.PullRequest.Number, change.PullRequest.Head, change.PullRequest.Base, change.Comparison.Questions,
        [.. change.Comparison.NewFindings.Select(FindingDocument.Of)], [.. change.Comparison.SettledFindings.Select(FindingDocument.Of)], [.. change.Impact.Select(FindingDocument.Of)]);
}
