using SreAgent.Core.Catalogue;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat.BuiltIn;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat.BuiltIn;

public sealed class ReadinessTalkTests
{
    private static readonly Service Checkout = new() { Name = "checkout", Environment = "production", Repository = "shop/checkout" };

    [Theory]
    [InlineData("is this ready for production?", ".")]
    [InlineData("Is it production-ready?", ".")]
    [InlineData("review this", ".")]
    [InlineData("review this repository", ".")]
    [InlineData("is checkout ready for production?", "shop/checkout")]
    [InlineData("is the service Checkout ready for prod", "shop/checkout")]
    [InlineData("review ./services/checkout", "./services/checkout")]
    [InlineData("review ../checkout", "../checkout")]
    [InlineData("review /srv/checkout", "/srv/checkout")]
    [InlineData("review shop/checkout#41", "shop/checkout#41")]
    [InlineData("review shop/checkout@v1.2", "shop/checkout@v1.2")]
    public async Task What_is_meant_is_reviewed(string said, string subject)
    {
        using var talk = Talk(TestTool.Read("review_run", (_, _) => Task.FromResult<ToolResult>(NotReady)));

        await talk.SayAsync(said);

        Assert.Equal($$"""{"subject":"{{subject}}"}""", Assert.Single(talk.Invoker.Calls).Arguments.GetRawText());
    }

    [Theory]
    [InlineData("review the incident")]
    [InlineData("is checkout ready")]
    [InlineData("review")]
    public void What_is_not_quite_a_review_is_not_taken_for_one(string said) => Assert.IsType<UnknownRequest>(Grammar.WithAll(new InMemorySkills()).Recognise(said));

    [Fact]
    public async Task The_answer_tells_the_verdicts_their_places_and_what_to_do_first()
    {
        using var talk = Talk(TestTool.Read("review_run", (_, _) => Task.FromResult<ToolResult>(NotReady)));

        var text = (await talk.SayAsync("is checkout ready for production?")).Text;

        Assert.Contains("**Not ready**: nothing in `shop/checkout` at `1f4e0c6d2b7a` answers `on-call`.", text, StringComparison.Ordinal);
        Assert.Contains("- **answered** upgrade: `docs/runbook.md:9` “Run 'make rollback'.”", text, StringComparison.Ordinal);
        Assert.Contains("1. on-call: Name somebody.", text, StringComparison.Ordinal);
        Assert.Contains("critical: A token is in the open. (`a.env`)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_nobody_told_of_is_not_reviewed()
    {
        using var talk = Talk(TestTool.Read("review_run", (_, _) => Task.FromResult<ToolResult>(NotReady)));

        Assert.Contains("I know no service 'nonesuch'", (await talk.SayAsync("is nonesuch ready for production?")).Text, StringComparison.Ordinal);
        Assert.Empty(talk.Invoker.Calls);
    }

    private static ToolResult.Found NotReady => new(
        new
        {
            subject = "shop/checkout",
            commit = "1f4e0c6d2b7a9f3e5d8c1b0a7f6e5d4c3b2a1908",
            ready = false,
            questions = new object[]
            {
                new { id = "upgrade", verdict = "answered", evidence = new[] { new { path = "docs/runbook.md", line = 9, quote = "Run `make rollback`." } } },
                new { id = "on-call", verdict = "missing", evidence = Array.Empty<object>() },
            },
            advice = new[] { "on-call: Name somebody." },
            findings = new[] { new { severity = "critical", message = "A token is in the open.", path = "a.env" } },
        },
        new Evidence("readiness", "shop/checkout"));

    private static ConversationDriver Talk(params Tool[] tools) => new(new BuiltInResponder(new InMemoryServices(Checkout), new InMemorySkills()), tools);

}
