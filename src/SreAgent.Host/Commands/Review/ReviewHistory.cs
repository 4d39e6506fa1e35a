using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Review;

/// <param name="Subjects">None for all of them, each by its newest review.</param>
internal sealed record HistoryQuestion(IReadOnlyList<string> Subjects, string? Reference, string? Persona);

/// <summary><c>review --history</c>: what was said before, and where each question is heading.</summary>
internal static class ReviewHistory
{
    private const int MostSubjects = 200;

    public static async Task<int> ShowAsync(IConsoleIo console, IServiceProvider services, HistoryQuestion asked, bool json, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IReviewStore>();
        var names = services.GetRequiredService<IReviewSubjects>();
        var documents = new List<HistoryDocument>();
        if (asked.Subjects.Count == 0)
        {
            var newest = await store.SubjectsAsync(MostSubjects, cancellationToken);
            foreach (var kept in newest.Where(kept => asked.Persona is null || kept.Review.Persona == asked.Persona))
            {
                documents.Add(HistoryDocument.Of(kept.Subject, await store.LatestAsync(kept.Subject, kept.Review.Persona, IReviewStore.Most, cancellationToken)));
            }
        }

        foreach (var subject in asked.Subjects)
        {
            var name = names.NameOf(subject, asked.Reference);
            var reviews = await store.LatestAsync(name, asked.Persona, IReviewStore.Most, cancellationToken);
            documents.AddRange(reviews.GroupBy(kept => kept.Review.Persona, StringComparer.Ordinal).Select(list => HistoryDocument.Of(name, [.. list])));
        }

        if (json)
        {
            JsonOutput.Write(console, new { subjects = documents });
        }
        else
        {
            Print(console, documents, withReviews: asked.Subjects.Count > 0);
        }

        return ExitStatus.Fine;
    }

    private static void Print(IConsoleIo console, List<HistoryDocument> documents, bool withReviews)
    {
        var ink = new Ink(console.Colour);
        if (documents.Count == 0)
        {
            console.Out.WriteLine("There are no earlier reviews of it. 'sre-agent review PATH' makes one.");
        }

        foreach (var document in documents)
        {
            console.Out.WriteLine($"{ink.Bold(SafeText.Line(document.Subject))}  {ink.Dim(string.Create(CultureInfo.InvariantCulture, $"by the list of {SafeText.Line(document.Persona)} · {document.Reviews.Count} review{(document.Reviews.Count == 1 ? "" : "s")}"))}");
            foreach (var trend in document.Trends)
            {
                console.Out.WriteLine($"  {trend.Sparkline,-12}  {Arrow(trend.Heading)} {trend.Question}  {ink.Dim(trend.Verdicts[^1].ToString().ToLowerInvariant())}");
            }

            if (withReviews)
            {
                console.Out.WriteLine();
                TextTable.Write(console, ["when (UTC)", "commit", "ready", "author", "id"], [.. document.Reviews.Select(review => new[]
                {
                    review.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), review.Commit?[..Math.Min(12, review.Commit.Length)] ?? "-",
                    review.Ready ? "yes" : "no", review.Author, review.Id,
                })]);
            }

            console.Out.WriteLine();
        }
    }

    private static string Arrow(Heading heading) => heading switch { Heading.Better => "↑", Heading.Worse => "↓", _ => "→" };
}

/// <summary>A subject's reviews by one persona, as <c>review --history --json</c> has them.</summary>
/// <param name="Reviews">The newest first.</param>
internal sealed record HistoryDocument(string Subject, string Persona, IReadOnlyList<KeptDocument> Reviews, IReadOnlyList<TrendDocument> Trends)
{
    public static HistoryDocument Of(string subject, IReadOnlyList<KeptReview> newestFirst) => new(
        subject, newestFirst[0].Review.Persona, [.. newestFirst.Select(KeptDocument.Of)], [.. ReviewTrend.Of(newestFirst).Select(TrendDocument.Of)]);
}

internal sealed record KeptDocument(
    string Id, DateTimeOffset At, string Author, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Commit, bool Ready, IReadOnlyList<VerdictDocument> Questions)
{
    public static KeptDocument Of(KeptReview kept) => new(
        kept.Id, kept.At, kept.Author, kept.Review.Commit, kept.Review.Ready, [.. kept.Review.Questions.Select(question => new VerdictDocument(question.Id, question.Verdict))]);
}

internal sealed record VerdictDocument(string Id, Verdict Verdict);

/// <param name="Verdicts">The oldest first.</param>
internal sealed record TrendDocument(string Question, Heading Heading, string Sparkline, IReadOnlyList<Verdict> Verdicts)
{
    public static TrendDocument Of(ReviewTrend trend) => new(trend.Question, trend.Heading, trend.Sparkline, trend.Verdicts);
}
