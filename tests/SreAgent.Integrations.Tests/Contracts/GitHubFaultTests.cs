using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Http;
using SreAgent.Testing.GitHub;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What GitHub refuses, and what we then do and say: never a write twice, and never more questions than it allows.</summary>
public class GitHubFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RepositoryName Checkout => SimulatedGitHub.Checkout;

    [Fact]
    public async Task A_spent_budget_is_told_with_its_end_and_not_asked_beyond()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => seed with { Limits = new GitHubLimits { Core = 2 } });
        await github.Api.IssueAsync(Checkout, 1, Token);
        await github.Api.IssueAsync(Checkout, 2, Token);

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Checkout, 3, Token));

        Assert.Contains("has no requests left for us this hour (core rate limit) until", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
        Assert.Equal(2, github.Recording.Exchanges.Count);

        // Search has a budget of its own and goes on.
        await github.Api.SearchIssuesAsync("repo:acme/checkout trouble", 1, Token);
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_spent_budget_is_new_after_its_hour()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => seed with { Limits = new GitHubLimits { Core = 1 } });
        await github.Api.IssueAsync(Checkout, 1, Token);
        await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Checkout, 1, Token));

        github.Wait(TimeSpan.FromMinutes(61));

        Assert.Equal(1, (await github.Api.IssueAsync(Checkout, 1, Token)).Number);
    }

    [Fact]
    public async Task The_secondary_limit_stops_writes_which_are_not_sent_again()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => seed with { Limits = new GitHubLimits { Writes = 1 } });
        await github.Api.CreateIssueAsync(Checkout, new NewIssue("One", "", Labels: null), Token);

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(Checkout, new NewIssue("Two", "", Labels: null), Token));
        var next = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(Checkout, new NewIssue("Three", "", Labels: null), Token));

        Assert.Contains("asks for a pause (its secondary rate limit)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", next.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
        Assert.Single(github.Journal.Entries);
        Assert.Equal(2, github.Recording.Exchanges.Count);
    }

    [Theory]
    [InlineData(429, 2)]
    [InlineData(403, 2)]
    public async Task A_short_pause_is_waited_for_before_a_read_is_asked_again(int status, int seconds)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Simulator.Faults.Add("GET", "/issues/1", new LabFault.Refuses(status, "You have exceeded a secondary rate limit.") { RetryAfter = seconds });

        Assert.Equal(1, (await github.Api.IssueAsync(Checkout, 1, Token)).Number);
        Assert.Equal([status, 200], github.Recording.Exchanges.Select(exchange => exchange.Status));
        Assert.InRange(github.Waits.Single(), TimeSpan.FromSeconds(seconds - 0.1), TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(403, null)]
    [InlineData(429, 90)]
    public async Task A_long_pause_or_one_of_unknown_length_is_told(int status, int? seconds)
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Simulator.Faults.Add("GET", "/issues/1", new LabFault.Refuses(status, "You have exceeded a secondary rate limit.") { RetryAfter = seconds });

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Checkout, 1, Token));

        Assert.Contains($"in {seconds ?? 60} s", fault.Message, StringComparison.Ordinal);
        Assert.Single(github.Recording.Exchanges);
    }

    [Fact]
    public async Task A_renamed_repository_is_read_and_not_written()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var before = new RepositoryName("acme", "shop");

        Assert.Equal(3, (await github.Api.IssueAsync(before, 3, Token)).Number);
        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(before, new NewIssue("x", "", Labels: null), Token));

        Assert.Contains("renamed or transferred. A write is not sent after it", fault.Message, StringComparison.Ordinal);
        Assert.Empty(github.Journal.Entries);
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Pages_are_followed_to_where_GitHub_says_by_number_of_the_repository()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => seed with
        {
            Repositories = [.. seed.Repositories.Select(one => one.Issues.Count == 0 ? one : one with { Issues = [.. Enumerable.Range(1, 230).Select(i => new GitHubIssueSeed($"Trouble {i}", "", "ada", []))] })],
        });

        var found = await github.Api.IssuesAsync(Checkout, "all", 230, Token);

        Assert.Equal((230, 230, false), (found.Items.Count, found.Items.Select(issue => issue.Number).Distinct().Count(), found.MoreExist));
        Assert.Equal([1, 2], [github.Recording.Exchanges.Count(exchange => exchange.Path.StartsWith("/repos/", StringComparison.Ordinal)), github.Recording.Exchanges.Count(exchange => exchange.Path.StartsWith("/repositories/", StringComparison.Ordinal))]);
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task What_may_not_be_seen_reads_like_what_is_not_there_and_says_so()
    {
        await using var github = await SimulatedGitHub.StartAsync(SampleGitHub.ReaderToken);

        var hidden = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(new RepositoryName("acme", "secret"), 1, Token));
        var forbidden = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(Checkout, new NewIssue("x", "", Labels: null), Token));

        Assert.Contains("GitHub answers 404 also for what our credentials may not see", hidden.Message, StringComparison.Ordinal);
        Assert.Contains("'Issues: write'", forbidden.Message, StringComparison.Ordinal);
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task An_answer_lost_after_a_write_leaves_the_write_in_doubt_and_is_not_sent_again()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Simulator.Faults.Add("POST", "/issues", new LabFault.LosesAnswer());

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(Checkout, new NewIssue("x", "", Labels: null), Token));

        Assert.Contains("It is unknown whether the change took place", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
        Assert.Single(github.Journal.Entries);
    }

    [Fact]
    public async Task A_bad_gateway_is_asked_again_for_reads_and_told_for_writes()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        github.Simulator.Faults.Add("*", "/issues", new LabFault.Refuses(502, "Server Error"), times: 2);

        Assert.Equal(1, (await github.Api.IssueAsync(Checkout, 1, Token)).Number);
        github.Simulator.Faults.Add("POST", "/issues", new LabFault.Refuses(502, "Server Error"));
        await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueAsync(Checkout, new NewIssue("x", "", Labels: null), Token));

        Assert.Equal([502, 502, 200, 502], github.Recording.Exchanges.Select(exchange => exchange.Status));
        Assert.Empty(github.Journal.Entries);
    }
}
