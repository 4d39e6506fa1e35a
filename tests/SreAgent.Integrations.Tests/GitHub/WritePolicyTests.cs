using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>Where this host may write at all.</summary>
public class WritePolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_list_only_repositories_of_services_are_written_to()
    {
        using var github = new AGitHub().Post("/repos/acme/shop/issues/1/comments", Json("""{"id":1}"""));

        Assert.IsType<ToolResult.Found>(await github.Tools.CreateIssueCommentAsync("Acme/Shop".ToLowerInvariant(), 1, "x", Token));
        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Tools.CreateIssueCommentAsync("acme/other", 1, "x", Token));

        Assert.Contains("Services:<service>:Repository or under Integrations:GitHub:Repositories", fault.Message, StringComparison.Ordinal);
        Assert.Single(github.Stub.Asked);
    }

    [Fact]
    public async Task With_a_list_nothing_else_is_written_to()
    {
        using var github = new AGitHub().With("Repositories:acme/ops", "").Post("/repos/acme/ops/issues/1/comments", Json("""{"id":1}"""));

        Assert.IsType<ToolResult.Found>(await github.Tools.CreateIssueCommentAsync("acme/ops", 1, "x", Token));
        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Tools.CreateIssueCommentAsync("acme/shop", 1, "x", Token));

        Assert.Contains("acme/shop is not under Integrations:GitHub:Repositories", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_pattern_decides_kind_by_kind()
    {
        using var github = new AGitHub().With("Repositories:acme/*", "").With("Repositories:acme/sh*:Comments", "false").Post("/repos/acme/ops/issues/1/comments", Json("""{"id":1}"""));

        Assert.IsType<ToolResult.Found>(await github.Tools.CreateIssueCommentAsync("acme/ops", 1, "x", Token));
        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Tools.CreateIssueCommentAsync("acme/shop", 1, "x", Token));

        Assert.StartsWith("Integrations:GitHub:Repositories:acme/sh*:Comments does not allow this in acme/shop.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_writing_tool_asks_first()
    {
        using var github = new AGitHub().With("Repositories:acme/ops", "");
        var tools = github.Tools;
        Func<Task<ToolResult>>[] writes =
        [
            () => tools.CreateIssueAsync("acme/shop", "t", "b", cancellationToken: Token),
            () => tools.CreateIssueCommentAsync("acme/shop", 1, "b", Token),
            () => tools.UpdateIssueAsync("acme/shop", 1, state: IssueOutcome.Completed, cancellationToken: Token),
            () => tools.CreatePullRequestAsync("acme/shop", "branch", "t", "b", cancellationToken: Token),
            () => tools.CreateReviewAsync("acme/shop", 1, "b", cancellationToken: Token),
        ];

        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<ToolException>(write);
        }

        Assert.Equal(writes.Length, ToolFactory.From(tools).Count(tool => tool.Effect == ToolEffect.Write));
        Assert.Empty(github.Stub.Asked);
    }
}
