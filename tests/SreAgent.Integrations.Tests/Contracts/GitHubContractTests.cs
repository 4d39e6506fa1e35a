using System.Text;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Testing.GitHub;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What we send to GitHub and what we take for its answers, held against what GitHub publishes.</summary>
public class GitHubContractTests
{
    /// <summary>Where both we and the simulator follow GitHub's behaviour instead of its description; why is said where they are defined.</summary>
    private static readonly string[] Needed =
    [
        "response 200 is application/vnd.github.diff",
        "response 404 is not declared",
        "/statuses: response 20*_url is , which is no uri",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_keeps_to_the_description()
    {
        await using var github = await SimulatedGitHub.StartAsync(SampleGitHub.AppToken, deviations: Needed);
        var (api, checkout) = (github.Api, SimulatedGitHub.Checkout);

        await api.RepositoryAsync(checkout, Token);
        await Assert.ThrowsAsync<ToolException>(() => api.UserAsync(Token)); // An App has no user.
        Assert.NotNull(await api.RateLimitsAsync(Token));
        Assert.NotEmpty((await api.SearchIssuesAsync("repo:acme/checkout is:issue is:open trouble", 5, Token)).Found.Items);
        Assert.Contains("acme/checkout", (await api.SearchRepositoriesAsync("org:acme archived:false", 10, Token)).Items.Select(repository => repository.FullName));
        Assert.Equal(40, (await api.IssuesAsync(checkout, "all", 40, Token)).Items.Count);
        var issue = await api.CreateIssueAsync(checkout, new NewIssue("Contract", "Body", ["bug"]), Token);
        Assert.Equal("Contract", (await api.IssueAsync(checkout, issue.Number, Token)).Title);
        var comment = await api.CreateIssueCommentAsync(checkout, issue.Number, new NewComment("Said"), Token);
        await api.UpdateIssueCommentAsync(checkout, comment.Id, new NewComment("Said again"), Token);
        Assert.Equal("Said again", Assert.Single((await api.IssueCommentsAsync(checkout, issue.Number, 10, Token)).Items).Body);
        await api.DeleteIssueCommentAsync(checkout, comment.Id, Token);
        await api.DeleteIssueCommentAsync(checkout, comment.Id, Token); // Gone already is as good.
        Assert.Empty((await api.IssueCommentsAsync(checkout, issue.Number, 10, Token)).Items);
        await api.AddLabelsAsync(checkout, issue.Number, new NewLabels(["slow path"]), Token);
        await api.RemoveLabelAsync(checkout, issue.Number, "slow path", Token);
        await api.SetIssueStateAsync(checkout, issue.Number, new IssueState("closed", "completed"), Token);

        var pull = await api.CreatePullRequestAsync(checkout, new NewPullRequest("Give up sooner", "fix/timeouts", "main", "Why", Draft: false), Token);
        await api.PullRequestAsync(checkout, pull.Number, Token);
        Assert.Equal(pull.Number, (await api.OpenPullRequestsAsync(checkout, 10, Token)).Items[0].Number);
        Assert.StartsWith("diff --git", await api.PullRequestDiffAsync(checkout, pull.Number, Token), StringComparison.Ordinal);
        Assert.NotEmpty((await api.PullRequestFilesAsync(checkout, pull.Number, 10, Token)).Items);
        Assert.Equal(SampleGitHub.Fix, Assert.Single((await api.PullRequestCommitsAsync(checkout, pull.Number, 10, Token)).Items).Sha);
        await api.CreateReviewAsync(checkout, pull.Number, new NewReview(pull.Head.Sha, "Look", "COMMENT", [new NewReviewComment("docs/timeouts.md", 1, "RIGHT", "Here")]), Token);
        Assert.Single((await api.ReviewsAsync(checkout, pull.Number, 10, Token)).Items);
        Assert.Single((await api.ReviewCommentsAsync(checkout, pull.Number, 10, Token)).Items);

        await api.CreateCheckRunAsync(checkout, new NewCheckRun("slo", SampleGitHub.V43, "completed", "success", new ApiCheckOutput("Fine", "All well"), "https://example.org/run"), Token);
        await api.CreateStatusAsync(checkout, SampleGitHub.V43, new NewStatus("success", "ci/slo", "All well", "https://example.org/run"), Token);
        Assert.NotEmpty((await api.CheckRunsAsync(checkout, "fix/timeouts", 10, Token)).Items.Concat((await api.CheckRunsAsync(checkout, SampleGitHub.V43, 10, Token)).Items));
        Assert.Single((await api.StatusesAsync(checkout, SampleGitHub.V43, 10, Token)).Items);
        Assert.Equal("github-actions[bot]", Assert.Single((await api.StatusHistoryAsync(checkout, SampleGitHub.V43, 10, Token)).Items).Creator?.Login);

        Assert.NotEmpty((await api.CommitsAsync(checkout, new CommitQuery("main", "src/checkout.cs", SampleGitHub.Start, SampleGitHub.Start.AddHours(1)), 10, Token)).Items);
        Assert.Equal(SampleGitHub.Fix, (await api.CommitAsync(checkout, "fix/timeouts", Token)).Sha);
        Assert.Equal("ahead", (await api.CompareAsync(checkout, SampleGitHub.V41, "main", Token)).Status);
        Assert.Equal(("diverged", SampleGitHub.V42), await api.CompareAsync(checkout, "main", "fix/timeouts", Token) is var parted ? (parted.Status, parted.MergeBaseCommit?.Sha) : default);
        var blob = (await api.TreeAsync(checkout, SampleGitHub.V43, Token)).Tree.Single(entry => entry.Path == "migrations/7.sql");
        Assert.Equal("alter table orders add retries int;\n", Encoding.UTF8.GetString(Convert.FromBase64String((await api.BlobAsync(checkout, blob.Sha, Token)).Content)));
        await api.ArchiveAsync(checkout, SampleGitHub.V43, (packed, token) => packed.CopyToAsync(Stream.Null, token), Token);
        Assert.Single((await api.ContentsAsync(checkout, "src/checkout.cs", "fix/timeouts", Token))!);
        Assert.Null(await api.ContentsAsync(checkout, "no/such file", reference: null, Token));
        Assert.True((await api.BranchAsync(checkout, "main", Token)).Protected);
        Assert.False((await api.BranchAsync(checkout, "fix/timeouts", Token)).Protected);

        var deployment = await api.CreateDeploymentAsync(
            checkout, new NewDeployment(SampleGitHub.V42, "deploy", "production", "v42", new DeploymentPayload("chg-1", "checkout", "v43", "v42", Rollback: true), AutoMerge: false, [], ProductionEnvironment: true), Token);
        await api.CreateDeploymentStatusAsync(checkout, deployment.Id, new NewDeploymentStatus("success", "Done"), Token);
        Assert.Equal(deployment.Id, Assert.Single((await api.DeploymentsAsync(checkout, SampleGitHub.V42, "production", 10, Token)).Items).Id);
        Assert.Single((await api.DeploymentStatusesAsync(checkout, deployment.Id, 10, Token)).Items);

        Assert.Empty(github.ApiCalls.NotCalled);
        github.Recording.AssertFaithful();
        Assert.Equal([], github.Recording.UnusedDeviations.Select(unused => unused.Pattern));
    }

    [Fact]
    public async Task A_person_has_a_user()
    {
        await using var github = await SimulatedGitHub.StartAsync(deviations: []);

        Assert.Equal(SampleGitHub.Login, (await github.Api.UserAsync(Token)).Login);
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Every_tool_keeps_to_the_description()
    {
        await using var github = await SimulatedGitHub.StartAsync(deviations: Needed);
        var (tools, checkout) = (github.Tools, SampleGitHub.Repository);

        await new OfferedTools<GitHubTools>
        {
            ["github_search_issues"] = () => tools.SearchIssuesAsync(checkout, "trouble", cancellationToken: Token),
            ["github_get_issue"] = () => tools.GetIssueAsync(checkout, 1, cancellationToken: Token),
            ["github_create_issue"] = () => tools.CreateIssueAsync(checkout, "Incident: contract", "Body", ["bug"], Token),
            ["github_create_issue_comment"] = () => tools.CreateIssueCommentAsync(checkout, 1, "Said", Token),
            ["github_update_issue"] = () => tools.UpdateIssueAsync(checkout, 9, ["slow path"], ["bug"], IssueOutcome.NotPlanned, Token),
            ["github_create_pull_request"] = () => tools.CreatePullRequestAsync(checkout, "fix/timeouts", "Give up sooner", "Why", cancellationToken: Token),
            ["github_create_review"] = () => tools.CreateReviewAsync(checkout, 47, "Look", comments: ["docs/timeouts.md:1: Here"], cancellationToken: Token),
            ["github_get_pull_request"] = async () =>
            {
                var facets = new List<ToolResult>();
                foreach (var facet in Enum.GetValues<PullRequestFacet>())
                {
                    facets.Add(await tools.GetPullRequestAsync(checkout, 47, facet, cancellationToken: Token));
                }

                return facets.FirstOrDefault(result => result is not ToolResult.Found) ?? facets[0];
            },
            ["github_get_commit_status"] = () => tools.GetCommitStatusAsync(checkout, SampleGitHub.V43, Token),
            ["github_compare_commits"] = () => tools.CompareCommitsAsync(checkout, SampleGitHub.V41, "main", Token),
            ["github_list_commits"] = () => tools.ListCommitsAsync(checkout, "main", since: "2026-11-20T00:00:00Z", cancellationToken: Token),
            ["github_get_file"] = () => tools.GetFileAsync(checkout, "src/checkout.cs", "fix/timeouts", cancellationToken: Token),
            ["github_list_deployments"] = async () =>
            {
                await github.Api.CreateDeploymentAsync(
                    SimulatedGitHub.Checkout, new NewDeployment(SampleGitHub.V42, "deploy", "production", "v42", new DeploymentPayload("chg-1", "checkout", "v43", "v42", Rollback: true), AutoMerge: false, [], ProductionEnvironment: true), Token);
                return await tools.ListDeploymentsAsync(checkout, "production", cancellationToken: Token);
            },
        }.CallAllAsync();

        github.Recording.AssertFaithful();
    }
}
