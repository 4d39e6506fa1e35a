using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>How GitHub's limits are kept, on a clock that waits for nothing.</summary>
public class RateLimitTests
{
    private const string Secondary = """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spent_hour_stops_calls_before_they_are_made_and_says_until_when()
    {
        using var github = new AGitHub();
        var reset = github.Clock.GetUtcNow().AddMinutes(20);
        github.Get("/repos/acme/shop/issues/1", Json(Issue(1), headers: Limit(0, reset)));
        await github.Api.IssueAsync(Shop, 1, Token);

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains("has no requests left for us this hour (core rate limit) until 2026-11-20 12:20:00Z, in 1200 s", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
        Assert.Single(github.Stub.Asked);
    }

    [Fact]
    public async Task Search_has_a_budget_of_its_own()
    {
        using var github = new AGitHub();
        github.Get("/repos/acme/shop/issues/1", Json(Issue(1), headers: Limit(0, github.Clock.GetUtcNow().AddMinutes(20))));
        github.Get("/search/issues", Json("""{"total_count":0,"incomplete_results":false,"items":[]}"""));
        await github.Api.IssueAsync(Shop, 1, Token);

        Assert.Empty((await github.Api.SearchIssuesAsync("x", 1, Token)).Found.Items);
    }

    [Fact]
    public async Task A_reset_within_seconds_is_waited_for()
    {
        using var github = new AGitHub();
        github.Get(
            "/repos/acme/shop/issues/1",
            Json("""{"message":"API rate limit exceeded"}""", HttpStatusCode.Forbidden, Limit(0, github.Clock.GetUtcNow().AddSeconds(3))), Json(Issue(1)));

        Assert.Equal(1, (await github.Api.IssueAsync(Shop, 1, Token)).Number);
        Assert.Equal([TimeSpan.FromSeconds(3)], github.Clock.Waits);
    }

    [Fact]
    public async Task A_pause_GitHub_asks_for_is_kept_by_every_call()
    {
        using var github = new AGitHub();
        github.Get("/repos/acme/shop/issues/1", Json(Secondary, HttpStatusCode.TooManyRequests, ("Retry-After", "90")), Json(Issue(1)));
        github.Get("/search/issues", Json("""{"total_count":0,"incomplete_results":false,"items":[]}"""));

        var first = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));
        var second = await Assert.ThrowsAsync<ToolException>(() => github.Api.SearchIssuesAsync("x", 1, Token));
        github.Clock.Advance(TimeSpan.FromSeconds(91));
        var third = await github.Api.IssueAsync(Shop, 1, Token);

        Assert.All([first, second], fault => Assert.Contains("asks for a pause (its secondary rate limit) until 2026-11-20 12:01:30Z", fault.Message, StringComparison.Ordinal));
        Assert.Equal(1, third.Number);
        Assert.Equal(2, github.Stub.Asked.Count);
    }

    [Fact]
    public async Task Without_a_time_the_pause_is_a_minute_and_doubles_when_it_happens_again()
    {
        using var github = new AGitHub();
        github.Get("/repos/acme/shop/issues/1", Json(Secondary, HttpStatusCode.Forbidden));

        var waits = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));
            waits.Add(fault.Message[fault.Message.IndexOf(", in ", StringComparison.Ordinal)..fault.Message.IndexOf(" s.", StringComparison.Ordinal)]);
            github.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal([", in 60", ", in 120", ", in 240", ", in 480", ", in 960", ", in 960"], waits);
    }

    [Fact]
    public async Task A_limited_write_is_not_sent_again_and_nothing_was_written()
    {
        using var github = new AGitHub().Post("/repos/acme/shop/issues/1/comments", Json(Secondary, HttpStatusCode.Forbidden, ("Retry-After", "1")));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueCommentAsync(Shop, 1, new NewComment("x"), Token));

        Assert.Contains("Nothing was written", fault.Message, StringComparison.Ordinal);
        Assert.Single(github.Stub.Asked);
    }

    [Fact]
    public async Task A_plain_refusal_is_no_limit()
    {
        using var github = new AGitHub().Get(
            "/repos/acme/shop/issues/1", Json("""{"message":"Resource not accessible by integration"}""", HttpStatusCode.Forbidden, ("X-Accepted-GitHub-Permissions", "issues=read")));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains("forbids GET /repos/acme/shop/issues/1 (403: Resource not accessible by integration). Our credentials need issues=read", fault.Message, StringComparison.Ordinal);
        Assert.Empty(github.Clock.Waits);
    }

    [Fact]
    public async Task Writes_go_one_after_the_other_a_second_apart()
    {
        using var github = new AGitHub().Post("/repos/acme/shop/issues/1/comments", Json("""{"id":1}""", HttpStatusCode.Created));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => github.Api.CreateIssueCommentAsync(Shop, 1, new NewComment($"{i}"), Token)));

        Assert.Equal(3, github.Stub.Asked.Count);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], github.Clock.Waits);
    }

    private static (string, string)[] Limit(int remaining, DateTimeOffset reset) =>
        [("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", $"{remaining}"), ("x-ratelimit-reset", $"{reset.ToUnixTimeSeconds()}")];
}
