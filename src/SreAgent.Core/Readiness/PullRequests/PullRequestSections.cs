using System.Globalization;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>A reviewed pull request in Markdown, section by section.</summary>
public static class PullRequestSections
{
    /// <summary>What the change does, for a document that already has the review: nothing when there is nothing to say.</summary>
    public static IReadOnlyList<CommentSection> OfChange(PullRequestReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var link = new BlobLink(review.PullRequest);
        return [.. Present(
            new CommentSection("What the change does in production", [.. review.Impact.Select(impact => Line(impact, link))], Folded: false),
            new CommentSection("What the change makes worse", [.. Worse(review.Comparison, link)], Folded: false),
            new CommentSection("What the change makes better", [.. Better(review.Comparison)], Folded: false))];
    }

    internal static IReadOnlyList<CommentSection> All(PullRequestReview review)
    {
        var link = new BlobLink(review.PullRequest);
        var questions = review.Review.Questions;
        return [.. Present(
            new CommentSection("Questions", [.. Table(review)], Folded: false),
            new CommentSection("What is open", [.. questions.Where(question => question.Waived is null).SelectMany(question => question.Gaps.Select(gap => $"- **{question.Id}**: {MarkdownText.Plain(gap)}"))], Folded: false))
            .Concat(OfChange(review))
            .Concat(Present(
                new CommentSection("Findings", [.. review.Review.Findings.Select(finding => Line(finding, link))], Folded: review.Review.Findings.All(finding => finding.Severity < FindingSeverity.High || finding.Waived is not null)),
                new CommentSection("Declined and waived", [.. questions.SelectMany(Reasons)], Folded: true),
                new CommentSection("Evidence", [.. questions.SelectMany(question => question.Evidence.Select(citation => $"- **{question.Id}**: {link.To(citation)}{(citation.Kind is null ? "" : $" ({MarkdownText.Plain(citation.Kind)})")} {MarkdownText.Code(citation.Quote)}"))], Folded: true),
                new CommentSection("Not looked at", [.. review.Review.NotLookedAt.Concat(NotLookedAt(review.PullRequest)).Select(what => $"- {MarkdownText.Plain(what)}")], Folded: true)))];
    }

    private static IEnumerable<CommentSection> Present(params CommentSection[] sections) => sections.Where(section => section.Lines.Count > 0);

    private static IEnumerable<string> Table(PullRequestReview review)
    {
        var changes = review.Comparison.Questions.ToLookup(change => change.Id, StringComparer.Ordinal);
        return review.Review.Questions.Select(question => $"| {question.Id} | {Word(question)} | {Word(changes[question.Id].FirstOrDefault())} |").Prepend("| --- | --- | --- |").Prepend("| Question | Verdict | With this change |");
    }

    private static string Word(QuestionReview question) =>
        $"{(question.Verdict == Verdict.Missing ? "**missing**" : Word(question.Verdict))}{(question.Waived is null ? "" : ", waived")}{(question.NotApplicable is null ? "" : ", declined in part")}";

    private static string Word(QuestionChange? change) => change switch
    {
        null or { Before: null } => "new question",
        { Trend: Trend.Same } => "as before",
        { Trend: var trend, Before: { } before } when before != change.After => $"{Word(trend)}, was {Word(before)}",
        _ => Word(change.Trend),
    };

    private static string Word(Verdict verdict) => verdict switch { Verdict.Answered => "answered", Verdict.Partly => "partly", _ => "missing" };

    private static string Word(Trend trend) => trend switch { Trend.Better => "better", Trend.Worse => "**worse**", Trend.Mixed => "better and **worse**", _ => "as before" };

    private static IEnumerable<string> Worse(ReviewComparison comparison, BlobLink link) =>
        comparison.Questions.Where(question => question.Trend is Trend.Worse or Trend.Mixed)
            .Select(question => $"- **{question.Id}**: {(question.Lost.Count > 0 ? $"no longer says {MarkdownText.Plain(string.Join("; ", question.Lost))}" : $"was {Word(question.Before ?? question.After)}, is {Word(question.After)}")}")
            .Concat(comparison.NewFindings.Select(finding => Line(finding, link)));

    private static IEnumerable<string> Better(ReviewComparison comparison) =>
        comparison.Questions.Where(question => question.Trend is Trend.Better or Trend.Mixed)
            .Select(question => $"- **{question.Id}**: {(question.Gained.Count > 0 ? $"now says {MarkdownText.Plain(string.Join("; ", question.Gained))}" : $"was {Word(question.Before ?? question.After)}, is {Word(question.After)}")}")
            .Concat(comparison.SettledFindings.Select(finding => $"- settled: {finding.Id}, {MarkdownText.Plain(finding.Message)}"));

    private static IEnumerable<string> Reasons(QuestionReview question)
    {
        if (question.Waived is { } waived)
        {
            yield return $"- **{question.Id}** is waived: {MarkdownText.Plain(waived)}";
        }

        if (question.NotApplicable is { } reason)
        {
            yield return $"- **{question.Id}** is declined: {MarkdownText.Plain(reason)}";
        }
    }

    private static IEnumerable<string> NotLookedAt(PullRequestFacts pullRequest) =>
        pullRequest.FilesCut ? [$"More files changed than GitHub names; {pullRequest.Files.Count} of them were looked at for what the change does."] : [];

    private static string Line(Finding finding, BlobLink link) =>
        $"- **{Word(finding.Severity)}** {finding.Id}: {MarkdownText.Plain(finding.Message)}{(finding.Path is { } path ? $" {link.To(path, finding.Line, isGone: finding.Id.EndsWith("-removed", StringComparison.Ordinal))}" : "")}{(finding.Waived is { } waived ? $" Waived: {MarkdownText.Plain(waived)}" : "")}";

    private static string Word(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "critical",
        FindingSeverity.High => "high",
        FindingSeverity.Medium => "medium",
        _ => "low",
    };

    /// <summary>Places in the tree, as links to the very commit where the host shows it: what is gone, to the commit that still had it.</summary>
    private sealed class BlobLink(PullRequestFacts pullRequest)
    {
        private readonly HashSet<string> _gone = pullRequest.Files.Where(file => file.Change == PathChange.Removed).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        private readonly string? _site = pullRequest.Page is { } page && page.AbsoluteUri.LastIndexOf("/pull/", StringComparison.Ordinal) is > 0 and var end ? page.AbsoluteUri[..end] : null;

        public string To(Citation citation) => To(citation.Path, citation.Line, isGone: false);

        public string To(string path, int? line, bool isGone)
        {
            var shown = MarkdownText.Code(line is null ? path : string.Create(CultureInfo.InvariantCulture, $"{path}:{line}"));
            var commit = isGone || _gone.Contains(path) ? pullRequest.Base : pullRequest.Head;
            return _site is null ? shown
                : string.Create(CultureInfo.InvariantCulture, $"[{shown}]({_site}/blob/{commit}/{string.Join('/', path.Split('/').Select(Escaped))}{(line is null ? "" : $"#L{line}")})");
        }

        private static string Escaped(string part) => Uri.EscapeDataString(part).Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
    }
}
