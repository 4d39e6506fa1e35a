using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.GitHub.Reviews;
using SreAgent.Lab.Http;
using SreAgent.Testing.GitHub;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>One comment and one status, whatever happens around them.</summary>
public class ReviewPublisherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RepositoryName Checkout => SimulatedGitHub.Checkout;

    [Fact]
    public async Task The_first_review_makes_a_comment_and_a_status_that_links_to_it()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();

        var published = await pull.PublishAsync("2 missing");

        var comment = Assert.Single(await pull.CommentsAsync());
        Assert.Equal((CommentOutcome.Created, StatusOutcome.Set), (published.Comment, published.Status));
        Assert.Equal((SampleGitHub.Login, SampleGitHub.Fix), (comment.User?.Login, CommentMarker.Read(comment.Body)?.Commit));
        Assert.Contains("### Production readiness: not ready\n\n2 missing", comment.Body, StringComparison.Ordinal);
        Assert.Equal(("failure", comment.HtmlUrl), await pull.StatusAsync(SampleGitHub.Fix) is { } status ? (status.State, status.TargetUrl) : default);
        pull.AssertFaithful();
    }

    [Fact]
    public async Task The_same_review_again_touches_nothing()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        await pull.PublishAsync("2 missing");
        var before = pull.Journal.Entries.Count;

        var published = await pull.PublishAsync("2 missing");

        Assert.Equal((CommentOutcome.Unchanged, StatusOutcome.Unchanged), (published.Comment, published.Status));
        Assert.Equal(before, pull.Journal.Entries.Count);
    }

    [Fact]
    public async Task A_new_commit_and_a_new_review_are_written_into_the_comment_that_is_there()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        await pull.PublishAsync("2 missing");
        var head = pull.Push('e');

        var published = await pull.PublishAsync("1 missing", head);

        var comment = Assert.Single(await pull.CommentsAsync());
        Assert.Equal((CommentOutcome.Updated, StatusOutcome.Set), (published.Comment, published.Status));
        Assert.Equal(head, CommentMarker.Read(comment.Body)?.Commit);
        Assert.NotNull(await pull.StatusAsync(head));
        pull.AssertFaithful();
    }

    [Fact]
    public async Task Somebody_elses_comment_is_never_touched_even_when_it_begins_with_our_marker()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        await pull.PublishAsync("2 missing");
        var ours = Assert.Single(await pull.CommentsAsync());
        var copy = await pull.Ada.CreateIssueCommentAsync(Checkout, AReviewedPullRequest.Number, new NewComment(ours.Body!), Token);
        await pull.Ada.DeleteIssueCommentAsync(Checkout, ours.Id, Token);

        var published = await pull.PublishAsync("1 missing");

        Assert.Equal(CommentOutcome.Created, published.Comment);
        Assert.Equal([(copy.Id, "ada", ours.Body)], (await pull.CommentsAsync()).Where(comment => comment.Id == copy.Id).Select(comment => (comment.Id, comment.User!.Login, comment.Body)));
        Assert.Equal(2, (await pull.CommentsAsync()).Count);
    }

    [Fact]
    public async Task A_comment_of_ours_that_quotes_the_marker_further_down_is_not_it()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        var marker = CommentMarker.Of("sre-operator", SampleGitHub.Fix, new string('a', 64), "x");
        var quote = await pull.As(SampleGitHub.Token).Api.CreateIssueCommentAsync(Checkout, AReviewedPullRequest.Number, new NewComment($"> {marker}\nWhat is this?"), Token);

        await pull.PublishAsync("2 missing");

        Assert.Equal([$"> {marker}\nWhat is this?"], (await pull.CommentsAsync()).Where(comment => comment.Id == quote.Id).Select(comment => comment.Body));
        Assert.Equal(2, (await pull.CommentsAsync()).Count);
    }

    [Fact]
    public async Task A_comment_that_lost_its_marker_is_known_again_by_the_status_and_not_written_twice()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        await pull.PublishAsync("2 missing");
        var comment = Assert.Single(await pull.CommentsAsync());
        await pull.Ada.UpdateIssueCommentAsync(Checkout, comment.Id, new NewComment("Tidied up by hand."), Token);

        var published = await pull.PublishAsync("1 missing");

        Assert.Equal(CommentOutcome.Updated, published.Comment);
        Assert.Contains("1 missing", Assert.Single(await pull.CommentsAsync()).Body, StringComparison.Ordinal);
        Assert.Contains(published.Notes, note => note.Contains("lost its marker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_that_run_at_once_leave_one_comment()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        var meeting = new Meeting(2);
        Task<PublishedReview> OneOfUs() => pull.As(SampleGitHub.Token, new MeetBeforeComment(meeting)).Publisher.PublishAsync(pull.Review("2 missing"), Token);

        var published = await Task.WhenAll(OneOfUs(), OneOfUs());

        Assert.Equal(2, pull.Journal.Entries.Count(entry => entry.Summary.EndsWith("commented on", StringComparison.Ordinal)));
        var comment = Assert.Single(await pull.CommentsAsync());
        Assert.All(published, one => Assert.Equal(comment.HtmlUrl, one.Page?.AbsoluteUri));
        Assert.Contains(published, one => one.Comment == CommentOutcome.Created);
        Assert.Equal(comment.HtmlUrl, (await pull.StatusAsync(SampleGitHub.Fix))?.TargetUrl);
        pull.AssertFaithful();
    }

    [Fact]
    public async Task A_slow_run_never_writes_an_older_commit_over_a_newer()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        var head = pull.Push('e');
        await pull.PublishAsync("1 missing", head);

        var published = await pull.PublishAsync("2 missing");

        Assert.Equal((CommentOutcome.Stale, StatusOutcome.NotSet), (published.Comment, published.Status));
        Assert.Equal(head, CommentMarker.Read(Assert.Single(await pull.CommentsAsync()).Body)?.Commit);
        Assert.Null(await pull.StatusAsync(SampleGitHub.Fix));
    }

    [Fact]
    public async Task A_comment_that_a_person_deleted_stays_deleted_until_the_review_says_something_else()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        await pull.PublishAsync("2 missing");
        await pull.Ada.DeleteIssueCommentAsync(Checkout, Assert.Single(await pull.CommentsAsync()).Id, Token);
        var head = pull.Push('e');

        var same = await pull.PublishAsync("2 missing", head);
        var sameAgain = await pull.PublishAsync("2 missing", pull.Push('d'));
        Assert.Empty(await pull.CommentsAsync());
        var other = await pull.PublishAsync("1 missing", new string('d', 40));

        Assert.Equal((CommentOutcome.LeftDeleted, StatusOutcome.Set), (same.Comment, same.Status));
        Assert.Equal(CommentOutcome.LeftDeleted, sameAgain.Comment);
        Assert.Equal(CommentOutcome.Created, other.Comment);
        Assert.Single(await pull.CommentsAsync());
    }

    [Fact]
    public async Task A_limit_between_comment_and_status_is_told_and_made_up_for_next_time()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        pull.Simulator.Faults.Add("POST", "/statuses/", new LabFault.Refuses(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.") { RetryAfter = 60 });

        var first = await pull.PublishAsync("2 missing");
        pull.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await pull.PublishAsync("2 missing");

        Assert.Equal((CommentOutcome.Created, StatusOutcome.Refused), (first.Comment, first.Status));
        Assert.Contains(first.Notes, note => note.StartsWith("The status was not set: ", StringComparison.Ordinal) && note.Contains("asks for a pause", StringComparison.Ordinal));
        Assert.Equal((CommentOutcome.Unchanged, StatusOutcome.Set), (second.Comment, second.Status));
        Assert.Single(await pull.CommentsAsync());
    }

    [Fact]
    public async Task A_limit_before_the_comment_leaves_nothing_behind()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        pull.Simulator.Faults.Add("POST", "/comments", new LabFault.Refuses(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.") { RetryAfter = 60 });

        var published = await pull.PublishAsync("2 missing");

        Assert.Equal((CommentOutcome.Refused, StatusOutcome.Refused), (published.Comment, published.Status));
        Assert.Empty(await pull.CommentsAsync());
        Assert.Null(await pull.StatusAsync(SampleGitHub.Fix));
    }

    [Fact]
    public async Task An_over_long_review_fits_and_says_what_is_left_out()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        CommentSection[] sections =
        [
            new("What is open", [.. Enumerable.Range(1, 50).Select(i => $"- gap {i}")], Folded: false),
            new("Evidence", [.. Enumerable.Range(1, 2_000).Select(i => $"- place {i} {new string('ж', 60)}")], Folded: true),
            new("Not looked at", ["- one"], Folded: true),
        ];

        await pull.As(SampleGitHub.Token).Publisher.PublishAsync(pull.Review("2 missing", head: null, sections), Token);

        var body = Assert.Single(await pull.CommentsAsync()).Body!; // It was just written.
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(body), 60_000, 65_535);
        Assert.Contains("- gap 50\n", body, StringComparison.Ordinal);
        Assert.Matches("_[0-9]+ more lines do not fit here", body);
        Assert.Equal(body.Split("<details>").Length, body.Split("</details>").Length);
        Assert.Equal(CommentOutcome.Unchanged, (await pull.As(SampleGitHub.Token).Publisher.PublishAsync(pull.Review("2 missing", head: null, sections), Token)).Comment);
    }

    [Fact]
    public async Task A_locked_conversation_is_told_and_the_status_set_all_the_same()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        using var lockIt = new HttpRequestMessage(HttpMethod.Put, new Uri(pull.Simulator.Address, $"repos/{SampleGitHub.Repository}/issues/{AReviewedPullRequest.Number}/lock"));
        await pull.SendAsAdaAsync(lockIt);

        var published = await pull.As(SampleGitHub.AppToken, network: null, ("Login", "github-actions[bot]")).Publisher.PublishAsync(pull.Review("2 missing"), Token);

        Assert.Equal((CommentOutcome.Refused, StatusOutcome.Set), (published.Comment, published.Status));
        Assert.Contains("issue is locked", Assert.Single(published.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_only_reads_is_told_so_and_for_a_fork_why()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();
        var review = pull.Review("2 missing");

        var published = await pull.As(SampleGitHub.ReaderToken).Publisher.PublishAsync(review with { PullRequest = review.PullRequest with { IsFork = true } }, Token);

        Assert.Equal((CommentOutcome.Refused, StatusOutcome.Refused), (published.Comment, published.Status));
        Assert.Contains(published.Notes, note => note.Contains("Issues: write", StringComparison.Ordinal) && note.Contains("comes from a fork", StringComparison.Ordinal));
        Assert.Empty(await pull.CommentsAsync());
    }

    [Fact]
    public async Task Nothing_is_written_when_it_is_not_known_which_comments_are_ours()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => pull.As(SampleGitHub.AppToken).Publisher.PublishAsync(pull.Review("2 missing"), Token));

        Assert.Contains("Integrations:GitHub:Login", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await pull.CommentsAsync());
    }

    [Fact]
    public async Task The_policy_of_the_repository_decides_for_comment_and_status_apart()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();

        var noStatus = await pull.As(SampleGitHub.Token, network: null, ("Repositories:acme/checkout:Checks", "false")).Publisher.PublishAsync(pull.Review("2 missing"), Token);
        var fault = await Assert.ThrowsAsync<ToolException>(
            () => pull.As(SampleGitHub.Token, network: null, ("Repositories:acme/checkout:Comments", "false")).Publisher.PublishAsync(pull.Review("1 missing"), Token));

        Assert.Equal((CommentOutcome.Created, StatusOutcome.NotSet), (noStatus.Comment, noStatus.Status));
        Assert.Contains("does not allow this in acme/checkout", fault.Message, StringComparison.Ordinal);
        Assert.Null(await pull.StatusAsync(SampleGitHub.Fix));
    }

    [Fact]
    public async Task A_secret_in_it_keeps_all_of_it_back_and_mentions_call_nobody()
    {
        await using var pull = await AReviewedPullRequest.StartAsync();

        await Assert.ThrowsAsync<ToolException>(() => pull.PublishAsync("token ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"));
        Assert.Empty(await pull.CommentsAsync());
        await pull.PublishAsync("Ask `@acme/sre` or @ada");

        Assert.Contains("Ask `@\u200Bacme/sre` or @\u200Bada", Assert.Single(await pull.CommentsAsync()).Body, StringComparison.Ordinal);
    }

    /// <summary>Lets nobody on before all are there.</summary>
    private sealed class Meeting(int members)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here;

        public Task ComeAsync()
        {
            if (Interlocked.Increment(ref _here) == members)
            {
                _all.SetResult();
            }

            return _all.Task;
        }
    }

    /// <summary>Both have looked, and neither has written.</summary>
    private sealed class MeetBeforeComment(Meeting meeting) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/comments", StringComparison.Ordinal) == true)
            {
                await meeting.ComeAsync().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
