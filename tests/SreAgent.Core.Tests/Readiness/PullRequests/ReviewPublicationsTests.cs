using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Testing;
using static SreAgent.Core.Tests.Readiness.PullRequests.Reviewed;

namespace SreAgent.Core.Tests.Readiness.PullRequests;

public class ReviewPublicationsTests
{
    [Fact]
    public void A_review_in_Markdown()
    {
        var publication = ReviewPublications.Of(Sample(), FailingVerdict.Missing);

        Snapshot.Verify(
            $"{publication.Comment.Heading}\n{publication.Comment.Summary}\n"
            + string.Concat(publication.Comment.Sections.Select(section => $"\n== {section.Title}{(section.Folded ? " (folded)" : "")}\n{string.Join('\n', section.Lines)}\n"))
            + $"\nstatus: {publication.Standing} ({(publication.Passes ? "passes" : "fails")})\n");
    }

    [Fact]
    public void Another_commit_that_says_the_same_has_the_same_digest()
    {
        var review = Sample();
        var moved = review with { PullRequest = review.PullRequest with { Head = new string('c', 40) } };
        var other = review with { Impact = [] };

        Assert.Equal(Digest(review), Digest(moved));
        Assert.NotEqual(Digest(review), Digest(other));

        static string Digest(PullRequestReview review) => ReviewPublications.Of(review, FailingVerdict.Missing).Digest;
    }

    [Theory]
    [InlineData(Verdict.Answered, FailingVerdict.Partly, true)]
    [InlineData(Verdict.Partly, FailingVerdict.Missing, true)]
    [InlineData(Verdict.Partly, FailingVerdict.Partly, false)]
    [InlineData(Verdict.Missing, FailingVerdict.Missing, false)]
    [InlineData(Verdict.Missing, FailingVerdict.Never, true)]
    public void What_fails_is_chosen(Verdict verdict, FailingVerdict failOn, bool passes) =>
        Assert.Equal(passes, ReviewPublications.Of(With(Review([Question("upgrade", verdict)])), failOn).Passes);

    [Fact]
    public void A_clean_review_is_collapsed_and_one_that_makes_something_worse_is_not()
    {
        var clean = With(Review([Question("upgrade", Verdict.Answered)]));
        var worse = clean with { Comparison = new ReviewComparison([new QuestionChange("upgrade", Verdict.Answered, Verdict.Answered, Trend.Worse)], [], []) };

        Assert.True(ReviewPublications.Of(clean, FailingVerdict.Missing).Comment.Collapsed);
        Assert.False(ReviewPublications.Of(worse, FailingVerdict.Missing).Comment.Collapsed);
    }

    [Fact]
    public void Text_of_the_repository_is_shown_and_does_nothing()
    {
        var hostile = Question("upgrade", Verdict.Partly) with
        {
            Evidence = [new Citation("docs/`x`|y.md", 1, 1, "</details> ``` ![x](http://evil.example/p.png) | @all")],
            NotApplicable = "see [here](http://evil.example) <img src=x> #12",
        };

        var lines = ReviewPublications.Of(With(Review([hostile])), FailingVerdict.Missing).Comment.Sections.SelectMany(section => section.Lines).ToArray();

        Assert.Contains(@"- **upgrade** is declined: see \[here\](http://evil.example) \<img src=x\> #" + "\u200B12", lines);
        Assert.Contains(lines, line => line.EndsWith("````</details> ``` ![x](http://evil.example/p.png) | @all````", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("blob/" + new string('b', 40) + "/docs/%60x%60%7Cy.md#L1", StringComparison.Ordinal));
    }

    private static PullRequestReview With(ReadinessReview review) =>
        new(Pull(), new ReviewRun(review, []), ReviewComparison.Of(review, review, []), []);

    private static PullRequestReview Sample()
    {
        var dead = new Finding("dead-runbook-link", FindingSeverity.Medium, "The runbook docs/gone.md is not there.") { Path = "rules.yaml", Line = 12 };
        var before = Review([Question("slo-observability", Verdict.Answered), Question("upgrade", Verdict.Partly), Question("on-call", Verdict.Missing)]);
        var after = Review(
            [
                Question("slo-observability", Verdict.Partly),
                Question("upgrade", Verdict.Answered),
                Question("on-call", Verdict.Missing) with { Waived = "a library has nobody on call (ada, until 2027-01-01)" },
            ],
            dead) with
        {
            NotLookedAt = ["data/dump.bin: binary"],
        };
        return new PullRequestReview(
            Pull(), new ReviewRun(after, []), ReviewComparison.Of(before, after, []),
            [new Finding("migration-irreversible", FindingSeverity.High, "A migration without a way back: drops orders.") { Path = "migrations/9.sql", Line = 1 }]);
    }
}
