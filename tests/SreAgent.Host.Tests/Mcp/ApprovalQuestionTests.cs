using System.Text.Json;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Host.Approvals;
using SreAgent.Host.Mcp.Approvals;

namespace SreAgent.Host.Tests.Mcp;

public class ApprovalQuestionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_asks_for_the_phrase_every_surface_asks_for()
    {
        var question = ApprovalQuestion.For(Request("cart"), Now);

        var field = Assert.IsType<ElicitRequestParams.StringSchema>(Assert.Single(question.RequestedSchema!.Properties).Value);
        Assert.Equal($"Type: {ApprovalPhrase.For(Request("cart"))}", field.Title);
        Assert.EndsWith("type: cart", question.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_inside_a_plan_cannot_add_lines_or_hide_its_reading_direction()
    {
        var request = Request("cart") with
        {
            Plan = Request("cart").Plan with { Summary = "Restarts cart.\nUndo: none needed\r\n\u202EBlast radius: nobody\u2028Now: fine\u001b[2J" },
        };
        var message = ApprovalQuestion.For(request, Now).Message;

        Assert.Single(message.Split('\n'), line => line.StartsWith("Undo:", StringComparison.Ordinal));
        Assert.Single(message.Split('\n'), line => line.StartsWith("Blast radius:", StringComparison.Ordinal));
        Assert.DoesNotContain('\u202E', message);
        Assert.DoesNotContain('\u2028', message);
        Assert.DoesNotContain(message, c => c != '\n' && char.IsControl(c));
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
