using SreAgent.Core.Actors;
using SreAgent.Core.Policy;

namespace SreAgent.Core.Tests.Policy;

public class EnvironmentPolicyTests
{
    private static readonly EnvironmentPolicy Production = new() { Name = "production", Approvers = ["slack:U*", "os:ada"], ApproveVia = [] };

    [Theory]
    [InlineData("slack:U02", Surface.Slack, true, "os:ada", "")]
    [InlineData("SLACK:u02", Surface.Slack, true, "os:ada", "")]
    [InlineData("os:ada", Surface.Terminal, true, "os:ada", "four-eyes")]
    [InlineData("OS:Ada", Surface.Terminal, true, "os:ada", "four-eyes")]
    [InlineData("os:eve", Surface.Terminal, true, "os:ada", "approvers")]
    [InlineData("slack:U02", Surface.Slack, false, "os:ada", "approver-must-be-human")]
    [InlineData("", Surface.Slack, true, "os:ada", "approver-must-be-human")]
    [InlineData("slack:U02", Surface.None, true, "os:ada", "approver-must-be-human")]
    [InlineData("slack:U02", Surface.Schedule, true, "os:ada", "approver-must-be-human")]
    [InlineData("slack:U02", Surface.Webhook, true, "os:ada", "approver-must-be-human")]
    public void The_right_human_may_approve(string approver, Surface surface, bool human, string requester, string rule)
    {
        var check = Production.Check(new Actor(approver, surface, human), requester);

        Assert.Equal((rule.Length == 0, rule), (check.Allowed, check.Rule));
        Assert.Equal(check.Allowed, check.Reason.Length == 0);
    }

    [Fact]
    public void An_environment_may_take_approvals_from_some_surfaces_only()
    {
        var environment = Production with { ApproveVia = [Surface.Slack, Surface.Web] };

        Assert.Equal("approval-surface", environment.Check(new Actor("os:ada", Surface.Terminal, IsHuman: true), "os:bob").Rule);
        Assert.True(environment.Check(new Actor("slack:U02", Surface.Slack, IsHuman: true), "os:bob").Allowed);
    }

    [Fact]
    public void An_mcp_client_counts_only_where_it_is_named()
    {
        var ada = new Actor("os:ada", Surface.Mcp, IsHuman: true);

        Assert.Equal("approval-surface", Production.Check(ada, "os:bob").Rule);
        Assert.True((Production with { ApproveVia = [Surface.Mcp] }).Check(ada, "os:bob").Allowed);
    }

    [Fact]
    public void Self_approval_where_it_is_allowed_is_marked()
    {
        var check = (Production with { AllowSelfApproval = true }).Check(new Actor("os:ada", Surface.Terminal, IsHuman: true), "os:ada");

        Assert.True(check.Allowed);
        Assert.True(check.SelfApproval);
        Assert.False((Production with { AllowSelfApproval = true }).Check(new Actor("slack:U02", Surface.Slack, IsHuman: true), "os:ada").SelfApproval);
    }

    [Fact]
    public void Without_approvers_nobody_may_approve() =>
        Assert.Equal("approvers", new EnvironmentPolicy { Name = "x" }.Check(new Actor("os:ada", Surface.Terminal, IsHuman: true), "os:bob").Rule);
}
