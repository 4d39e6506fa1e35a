using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Testing.Http;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>What GitHub refuses, and where it sends us.</summary>
public class GitHubErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, """{"message":"Bad credentials"}""", "does not accept our credentials (401 on GET /repos/acme/shop/issues/1: Bad credentials)")]
    [InlineData(404, """{"message":"Not Found"}""", "or hides it: GitHub answers 404 also for what our credentials may not see. Check the name. Our credentials need the permission 'Issues: read'")]
    [InlineData(410, """{"message":"Issues are disabled for this repo"}""", "Most often issues are disabled")]
    [InlineData(409, """{"message":"Git Repository is empty."}""", "because of a conflict (409: Git Repository is empty)")]
    [InlineData(422, """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"},"and more"]}""", "(422: Validation Failed; Issue title missing_field; and more)")]
    [InlineData(422, """{"message":"Invalid","errors":"one text"}""", "(422: Invalid; one text)")]
    [InlineData(403, """{"message":"Resource protected by organization SAML enforcement."}""", "single sign-on")]
    [InlineData(500, """{"message":"Server Error"}""", "failed at GET /repos/acme/shop/issues/1 (500: Server Error)")]
    [InlineData(404, "", "or hides it")]
    [InlineData(422, "[1]", "(422). Correct it")]
    public async Task A_refusal_says_what_came_back_and_what_to_do(int status, string body, string sentence)
    {
        using var github = new AGitHub().Get("/repos/acme/shop/issues/1", Json(body, (HttpStatusCode)status));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Equal(status == 500, fault.Retryable);
    }

    [Fact]
    public async Task A_renamed_repository_is_read_at_its_new_place()
    {
        using var github = new AGitHub()
            .Get("/repos/acme/shop/issues/1", Json("{}", HttpStatusCode.MovedPermanently, ("Location", "https://api.github.com/repositories/7/issues/1")))
            .Get("/repositories/7/issues/1", Json(Issue(1)));

        Assert.Equal(1, (await github.Api.IssueAsync(Shop, 1, Token)).Number);
        Assert.All(github.Stub.Asked, request => Assert.Contains("Authorization: Bearer token-of-tests", request.Headers, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/repositories/7/issues/1")]
    [InlineData("https://api.github.com.evil.example/x")]
    [InlineData("https://user@api.github.com/x")]
    [InlineData("http://api.github.com/x")]
    public async Task A_redirect_to_anywhere_else_is_not_followed(string elsewhere)
    {
        using var github = new AGitHub().Get("/repos/acme/shop/issues/1", Json("{}", HttpStatusCode.MovedPermanently, ("Location", elsewhere)));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssueAsync(Shop, 1, Token));

        Assert.Contains("has moved GET /repos/acme/shop/issues/1 (301)", fault.Message, StringComparison.Ordinal);
        Assert.Single(github.Stub.Asked);
    }

    [Fact]
    public async Task A_write_is_not_sent_after_a_renamed_repository()
    {
        using var github = new AGitHub()
            .Post("/repos/acme/shop/issues/1/comments", Json("{}", HttpStatusCode.TemporaryRedirect, ("Location", "https://api.github.com/repositories/7/issues/1/comments")));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueCommentAsync(Shop, 1, new NewComment("x"), Token));

        Assert.Contains("renamed or transferred. A write is not sent after it", fault.Message, StringComparison.Ordinal);
        Assert.Single(github.Stub.Asked);
    }

    [Fact]
    public async Task A_list_that_continues_on_another_host_is_not_followed()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/issues", Json($"[{Issue(1)}]", headers: ("Link", "<https://evil.example/issues?page=2>; rel=\"next\"")));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.IssuesAsync(Shop, "open", 10, Token));

        Assert.Contains("outside Integrations:GitHub:BaseUrl; it was not followed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_a_real_connection_pages_are_followed_with_our_credentials()
    {
        var heads = new List<string>();
        Uri? address = null;
        await using var server = LoopbackStub.Doing((head, stream, token) =>
        {
            heads.Add(head);
            var second = head.StartsWith("GET /repositories/7/issues?page=2 ", StringComparison.Ordinal);
            var body = $"[{Issue(second ? 2 : 1)}]";
            var link = second ? "" : $"Link: <{address}repositories/7/issues?page=2>; rel=\"next\"\r\n";
            var reply = $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n{link}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
            return stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(reply), token).AsTask();
        });
        address = server.Address;
        using var github = new AGitHub().With("BaseUrl", server.Address.ToString()).OverTheNetwork();

        var issues = await github.Api.IssuesAsync(Shop, "open", 10, Token);

        Assert.Equal([1L, 2L], issues.Items.Select(issue => issue.Number));
        Assert.All(heads, head => Assert.Contains("Authorization: Bearer token-of-tests\r\n", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_leads_in_a_circle_ends()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/issues", Json("[]", headers: ("Link", "<https://api.github.com/repos/acme/shop/issues?page=2>; rel=\"next\"")));

        var list = await github.Api.IssuesAsync(Shop, "open", 10, Token);

        Assert.True(list.MoreExist);
        Assert.Equal(100, github.Stub.Asked.Count);
    }

    [Fact]
    public async Task Enterprise_lives_under_its_own_address()
    {
        using var github = new AGitHub().With("BaseUrl", "https://git.acme.example/api/v3")
            .Get("/api/v3/repos/acme/shop/issues", Json($"[{Issue(1)}]", headers: ("Link", "<https://git.acme.example/api/v3/repositories/7/issues?page=2>; rel=\"next\"")))
            .Get("/api/v3/repositories/7/issues", Json($"[{Issue(2)}]"));

        Assert.Equal([1L, 2L], (await github.Api.IssuesAsync(Shop, "open", 10, Token)).Items.Select(issue => issue.Number));
    }

    [Fact]
    public async Task Every_request_says_what_it_wants_and_who_asks()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/issues/1", Json(Issue(1)));
        await github.Api.IssueAsync(Shop, 1, Token);

        var headers = Assert.Single(github.Stub.Asked).Headers;

        string[] wanted = ["Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28", "User-Agent: sre-agent/", "Authorization: Bearer token-of-tests"];
        Assert.All(wanted, header => Assert.Contains(header, headers, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme/..")]
    [InlineData("acme/shop/../../user")]
    [InlineData("../acme/shop")]
    [InlineData("acme/shop?x=1")]
    [InlineData("acme/sh%2Fop")]
    public async Task A_repository_that_is_none_is_refused_before_anything_is_sent(string repository)
    {
        using var github = new AGitHub();

        await Assert.ThrowsAsync<ToolException>(() => github.Tools.GetIssueAsync(repository, 1, cancellationToken: Token));

        Assert.Empty(github.Stub.Asked);
    }

    [Theory]
    [InlineData("../../user")]
    [InlineData("main..other")]
    [InlineData("a/./b")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_ref_that_is_none_is_refused_before_anything_is_sent(string reference)
    {
        using var github = new AGitHub();

        await Assert.ThrowsAsync<ToolException>(() => github.Tools.GetCommitStatusAsync("acme/shop", reference, Token));

        Assert.Empty(github.Stub.Asked);
    }

    [Fact]
    public async Task A_lost_answer_to_a_write_is_said_to_be_unknown()
    {
        using var github = new AGitHub().Post("/repos/acme/shop/issues/1/comments", () => throw new HttpRequestException(HttpRequestError.ResponseEnded));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.CreateIssueCommentAsync(Shop, 1, new NewComment("x"), Token));

        Assert.Contains("It is unknown whether the change took place", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_in_between_is_not_taken_for_GitHub()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/contents/a", StubHandler.Body("<html><title>Login</title>", "text/html", HttpStatusCode.NotFound));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Api.ContentsAsync(Shop, "a", reference: null, Token));

        Assert.Contains("404 that is not GitHub's own", fault.Message, StringComparison.Ordinal);
    }
}
