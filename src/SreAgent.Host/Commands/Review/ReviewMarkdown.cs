using System.Globalization;
using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Host.Commands.Review;

/// <summary>A review as a Markdown document. Everything of the repository is shown in it and does nothing: no links, no pictures, no HTML.</summary>
internal static class ReviewMarkdown
{
    public static string Of(ReviewedSubject reviewed)
    {
        var review = reviewed.Review;
        var page = new StringBuilder($"## Production readiness of {MarkdownText.Code(SubjectName.Shown(review.Subject))}: {(reviewed.Ready ? "ready" : reviewed.Run.Publishable ? "not ready" : "withheld")}\n\n");
        page.Append($"{(review.Commit is { } commit ? $"Commit {MarkdownText.Code(commit)}" : "Files that are no commit")}, by the list of {MarkdownText.Code(review.Persona)}.\n");
        Section(page, "May not be published", reviewed.Run.Withheld.Select(reason => $"- {MarkdownText.Plain(reason)}"));
        page.Append("\n| Question | Verdict | Evidence | Open |\n| --- | --- | --- | --- |\n")
            .AppendJoin("", review.Questions.Select(question => $"| {question.Id} | {Word(question)} | {question.Evidence.Count} | {question.Gaps.Count} |\n"));
        foreach (var question in review.Questions)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {question.Id}: {Word(question)}\n\n{MarkdownText.Plain(question.Question)}\n\n").AppendJoin("", Lines(question).Select(line => $"- {line}\n"));
        }

        foreach (var section in reviewed.Change is { } change ? PullRequestSections.OfChange(change) : [])
        {
            Section(page, section.Title, section.Lines);
        }

        Section(page, "Findings", review.Findings.Select(Line));
        Section(page, "Not looked at", review.NotLookedAt.Select(what => $"- {MarkdownText.Plain(what)}"));
        return page.ToString();
    }

    private static IEnumerable<string> Lines(QuestionReview question) =>
    [
        .. question.Evidence.Select(citation => $"{MarkdownText.Code(string.Create(CultureInfo.InvariantCulture, $"{citation.Path}:{citation.Line}"))}{(citation.Kind is { } kind ? $" ({MarkdownText.Plain(kind)})" : "")} {MarkdownText.Code(citation.Quote)}"),
        .. question.NotApplicable is { } reason ? [$"does not apply: {MarkdownText.Plain(reason)}"] : Array.Empty<string>(),
        .. question.Waived is { } waived ? [$"waived: {MarkdownText.Plain(waived)}"] : Array.Empty<string>(),
        .. question.Gaps.Select(gap => $"**open**: {MarkdownText.Plain(gap)}"),
    ];

    private static string Line(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"- **{finding.Severity.ToString().ToLowerInvariant()}** {finding.Id}: {MarkdownText.Plain(finding.Message)}{(finding.Path is { } path ? $" {MarkdownText.Code(finding.Line is { } line ? $"{path}:{line}" : path)}" : "")}{(finding.Waived is { } waived ? $" Waived: {MarkdownText.Plain(waived)}" : "")}");

    private static void Section(StringBuilder page, string title, IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        if (all.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {title}\n\n").AppendJoin('\n', all).Append('\n');
        }
    }

    private static string Word(QuestionReview question) =>
        $"{(question.Verdict == Verdict.Missing ? "**missing**" : question.Verdict.ToString().ToLowerInvariant())}{(question.Waived is null ? "" : ", waived")}{(question.NotApplicable is null ? "" : ", declined in part")}";
}
