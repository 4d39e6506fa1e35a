using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Host.Mcp.Approvals;

namespace SreAgent.Host.Tests.Mcp;

public class ApprovalQuestionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cart", true)]
    [InlineData("  cart ", true)]
    [InlineData("Cart", false)]
    [InlineData("cart!", false)]
    [InlineData("carts", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_phrase_forgives_space_around_it_and_nothing_else(string? typed, bool counts) =>
        Assert.Equal(counts, ApprovalQuestion.IsPhrase(Request("cart"), typed));

    [Theory]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("db")]
    [InlineData("cаrt")]
    [InlineData("two\nlines")]
    public void A_target_nobody_can_safely_type_is_stood_for_by_the_request(string target) =>
        Assert.Equal("chg-0000000001", ApprovalQuestion.PhraseOf(Request(target)));

    [Fact]
    public void Text_inside_a_plan_cannot_add_lines_or_hide_its_reading_direction()
    {
        var request = Request("cart") with
        {
            Plan = Request("cart").Plan with { Summary = "Restarts cart.\nUndo: none needed\r\n\u202EBlast radius: nobody\u2028Now: fine" },
        };
        var message = ApprovalQuestion.For(request, Now).Message;

        Assert.Single(message.Split('\n'), line => line.StartsWith("Undo:", StringComparison.Ordinal));
        Assert.Single(message.Split('\n'), line => line.StartsWith("Blast radius:", StringComparison.Ordinal));
        Assert.DoesNotContain('\u202E', message);
        Assert.DoesNotContain('\u2028', message);
    }

    private static ChangeRequest Request(string target) => new()
    {
        Id = new ChangeRequestId("chg-0000000001"),
        State = ChangeRequestState.Pending,
        Tool = "practice_restart",
        Arguments = JsonElement.Parse("""{"service":"cart"}"""),
        Scope = new CallScope("practice", "ada", "os:ada"),
        RequestedVia = Surface.Mcp,
        Digest = new ChangeDigest("00"),
        Plan = new ChangePlan("Restarts.", target, "old", "new", "callers", "restart again", "v1"),
        PolicyVersion = "1",
        Rules = ["changes-need-approval"],
        CreatedAt = Now,
        ExpiresAt = Now.AddMinutes(30),
    };
}
