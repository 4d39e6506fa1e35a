using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Tests.Readiness.PullRequests;

public class PullRequestReviewsTests
{
    private static readonly Progress<string> Nobody = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_head_is_compared_with_the_commit_it_was_made_on()
    {
        var pulls = new ScriptedPulls("b");

        var review = await pulls.Reviews.ReviewAsync("acme/shop", 7, ScriptedPulls.Lens, Nobody, Token);

        Assert.Equal((new string('b', 40), "acme/shop#7"), (review.Review.Commit, review.Review.Subject));
        Assert.Equal((Verdict.Answered, Verdict.Missing, Trend.Worse), review.Comparison.Questions is [var only] ? (only.Before, only.After, only.Trend) : default);
        Assert.Equal(0, pulls.Open);
    }

    [Fact]
    public async Task A_push_in_between_makes_it_begin_again_once()
    {
        // The facts say b, the review reads c; then both say c.
        var pulls = new ScriptedPulls("bcc");

        var review = await pulls.Reviews.ReviewAsync("acme/shop", 7, ScriptedPulls.Lens, Nobody, Token);

        Assert.Equal(new string('c', 40), review.PullRequest.Head);
        Assert.Equal(2, pulls.Reviewed.Count);
        Assert.Equal(0, pulls.Open);
    }

    [Fact]
    public async Task Pushes_without_end_are_told_and_may_be_tried_again()
    {
        var pulls = new ScriptedPulls("bcdefg");

        var fault = await Assert.ThrowsAsync<ToolException>(() => pulls.Reviews.ReviewAsync("acme/shop", 7, ScriptedPulls.Lens, Nobody, Token));

        Assert.True(fault.Retryable);
        Assert.Equal(2, pulls.Reviewed.Count);
    }

    [Fact]
    public async Task What_was_shown_is_published_without_being_made_again()
    {
        var pulls = new ScriptedPulls("b");
        await pulls.Reviews.ReviewAsync("acme/shop", 7, ScriptedPulls.Lens, Nobody, Token);

        await pulls.Tools.PublishAsync("acme/shop#7", cancellationToken: Token);

        Assert.Single(pulls.Reviewed);
        Assert.Single(pulls.Published);
    }

    [Fact]
    public async Task A_push_before_it_is_written_makes_it_begin_again_once_and_then_it_says_so()
    {
        var once = new ScriptedPulls("bbcc");
        once.Outcomes.Enqueue(CommentOutcome.Stale);
        var twice = new ScriptedPulls("bbccdd");
        twice.Outcomes.Enqueue(CommentOutcome.Stale);
        twice.Outcomes.Enqueue(CommentOutcome.Stale);

        Assert.IsType<ToolResult.Found>(await once.Tools.PublishAsync("acme/shop#7", cancellationToken: Token));
        var told = Assert.IsType<ToolResult.Failed>(await twice.Tools.PublishAsync("acme/shop#7", cancellationToken: Token));

        Assert.Equal([new string('b', 40), new string('c', 40)], once.Published.Select(publication => publication.PullRequest.Head));
        Assert.Equal(2, twice.Published.Count);
        Assert.True(told.Retryable);
        Assert.Contains("was pushed to each time", told.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_that_fails_the_gate_is_withheld_with_its_reasons()
    {
        var pulls = new ScriptedPulls("b") { Withheld = ["docs/slo.md:3 does not say what is quoted."] };

        var told = Assert.IsType<ToolResult.Failed>(await pulls.Tools.PublishAsync("acme/shop#7", cancellationToken: Token));

        Assert.Contains("docs/slo.md:3 does not say what is quoted.", told.Explanation, StringComparison.Ordinal);
        Assert.Empty(pulls.Published);
    }

    [Fact]
    public async Task A_closed_pull_request_is_left_alone()
    {
        var pulls = new ScriptedPulls("b") { IsOpen = false };

        Assert.IsType<ToolResult.Failed>(await pulls.Tools.PublishAsync("acme/shop#7", cancellationToken: Token));

        Assert.Empty(pulls.Published);
    }

    [Theory]
    [InlineData("acme/shop")]
    [InlineData("acme/shop@main")]
    [InlineData("../shop#7")]
    public async Task Only_a_pull_request_can_be_published_to(string subject)
    {
        var pulls = new ScriptedPulls("b");

        await Assert.ThrowsAsync<ToolException>(() => pulls.Tools.PublishAsync(subject, cancellationToken: Token));

        Assert.Empty(pulls.Published);
    }
}
