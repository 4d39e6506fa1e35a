using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Changes;
using SreAgent.Host.Tests.Terminal;

namespace SreAgent.Host.Tests.Story;

/// <summary>
/// The whole story against a real Prometheus: a bad image is deployed, users see errors, somebody asks why, and it is rolled back; asked for
/// by one person, approved by another, each change executed once and recorded.
/// </summary>
[Collection(nameof(PracticeStory))]
public sealed partial class DeployStoryTests
{
    private static readonly string[] WholeRecord = ["Requested", "Approved", "Intent", "Outcome"];

    [Fact]
    public async Task In_the_terminal_a_bad_deploy_is_found_out_explained_rolled_back_and_recorded()
    {
        await using var story = await PracticeStory.StartAsync();
        var ada = new ScriptedTerminal { Width = 160 };
        var chat = Task.Run(() => story.Installation.RunAsync(ada, "chat"), TestContext.Current.CancellationToken);

        var deploy = await AskForTheDeployAsync(story, ada);
        await RefuseHerOwnYesAsync(story, ada, deploy);
        var remedy = await FailAsync(story, deploy);
        await ada.ShowsAsync($"{deploy.Id} (approved by {PracticeStory.Grace.Id})");
        await ExplainAsync(ada);
        await RecoverAsync(story, remedy);

        ada.Enter("/quit");
        Assert.Equal(0, (await chat).Status);
        await RecordedAsync(story, deploy.Id, remedy.Id, deployAudit: ["Requested", "Denied", "Approved", "Intent", "Outcome"]);
    }

    [Fact]
    public async Task Through_MCP_a_bad_deploy_is_found_out_explained_rolled_back_and_recorded()
    {
        await using var story = await PracticeStory.StartAsync();
        await using var ada = await McpProcess.StartAsync(story.Installation, _ => throw new InvalidOperationException("This environment does not take approvals through MCP."));

        var held = await ada.CallAsync("fly_deploy", new { service = "checkout", image = "v43", reason = "the discounts are ready" });
        Assert.Equal("awaiting-approval", held.GetProperty("status").GetString());
        Assert.Contains("ApproveVia does not list mcp", held.GetProperty("notApprovedHere").GetString(), StringComparison.Ordinal);
        var deploy = await story.WaitingAsync("fly_deploy");
        Assert.Equal(deploy.Id.Value, held.GetProperty("changeRequest").GetString());
        var remedy = await FailAsync(story, deploy);

        var shown = await ada.CallAsync("host_show_change", new { id = deploy.Id.Value });
        Assert.Contains(remedy.Id.Value, shown.GetRawText(), StringComparison.Ordinal);
        var seen = await ada.CallAsync(
            "prometheus_query_range", new { query = "sum by (version) (rate(http_requests_total{service=\"checkout\",code=\"500\"}[15s]))", from = "now-1m", step = "1s" });
        Assert.Contains("v43", seen.GetRawText(), StringComparison.Ordinal);

        var to = remedy.Arguments.GetProperty("to").GetString();
        var rollback = await ada.CallAsync("fly_rollback", new { service = "checkout", to, reason = "users see errors" });
        Assert.Equal(remedy.Id.Value, rollback.GetProperty("changeRequest").GetString());
        await RecoverAsync(story, remedy);

        var ended = await ada.CallAsync("host_show_change", new { id = remedy.Id.Value });
        Assert.Contains("recovered", ended.GetRawText(), StringComparison.Ordinal);
        await RecordedAsync(story, deploy.Id, remedy.Id, WholeRecord);
    }

    [Fact]
    public async Task A_deploy_approved_together_with_its_rollback_is_rolled_back_once_by_itself()
    {
        await using var story = await PracticeStory.StartAsync();
        var (_, console) = await story.Installation.RunAsync(terminal: null, "ask", "deploy checkout v43 because the discounts are ready and roll back if it fails", "--json");
        Assert.Equal("pending", JsonElement.Parse(console.Said).GetProperty("pendingChanges")[0].GetProperty("state").GetString());
        var deploy = await story.WaitingAsync("fly_deploy");
        Assert.True(deploy.Plan.Remedy?.Automatic);

        var deployed = await story.GraceApprovesAsync(deploy.Id);

        PracticeStory.Ended(ChangeRequestState.Failed, deployed);
        var rolledBack = Assert.Single(await story.ListAsync(), request => request.RemedyOf == deploy.Id);
        PracticeStory.Ended(ChangeRequestState.Succeeded, rolledBack);
        var approval = Assert.Single(rolledBack.Approvals);
        Assert.Equal((PracticeStory.Grace.Id, deploy.Id), (approval.Approver, approval.InAdvanceWith));
        await RecordedAsync(story, deploy.Id, rolledBack.Id, WholeRecord);
    }

    private static async Task<ChangeRequest> AskForTheDeployAsync(PracticeStory story, ScriptedTerminal ada)
    {
        await ada.ShowsAsync("\n›");
        ada.Enter("deploy checkout v43 because the discounts are ready");
        var deploy = await story.WaitingAsync("fly_deploy");
        await ada.ShowsAsync($"/approve {deploy.Id}");
        return deploy;
    }

    private static async Task RefuseHerOwnYesAsync(PracticeStory story, ScriptedTerminal ada, ChangeRequest deploy)
    {
        ada.Enter("/approve");
        var plan = Spaces().Replace(await ada.TypePhraseAsync(), " ");
        foreach (var part in new[] { "Deploy v43 of checkout in place of v42 on 3 machines", "commits", "migrations", "1 changed", "ams, fra", "error budget", "passed", "Roll back to" })
        {
            Assert.Contains(part, plan, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("FAILED", plan, StringComparison.Ordinal);
        await ada.ShowsAsync("Not approved.");
        Assert.Equal(ChangeRequestState.Pending, (await story.ShowAsync(deploy.Id)).State);
        Assert.Empty(story.World.Journal.Entries);
    }

    /// <summary>Grace says yes, and the users say no. Errors are in Prometheus, and the way back is ready.</summary>
    private static async Task<ChangeRequest> FailAsync(PracticeStory story, ChangeRequest deploy)
    {
        var deployed = await story.GraceApprovesAsync(deploy.Id);
        PracticeStory.Ended(ChangeRequestState.Failed, deployed);
        Assert.Contains("availability", deployed.Outcome, StringComparison.Ordinal);
        story.UpdatedEveryMachineOnce("checkout", deploy.Id);

        var remedy = await story.WaitingAsync("fly_rollback");
        Assert.Equal(deploy.Id, remedy.RemedyOf);
        Assert.Contains($"{remedy.Id} ", deployed.Outcome, StringComparison.Ordinal);
        await story.Prometheus.UntilAsync(PracticeStory.ErrorShare, share => share > 0.1);
        await story.Prometheus.UntilAsync("sum(http_requests_total{service=\"checkout\",version=\"v43\",code=\"500\"})", count => count > 0);
        return remedy;
    }

    private static async Task ExplainAsync(ScriptedTerminal ada)
    {
        const string Question = "why is checkout failing?";
        ada.Enter(Question);
        var answer = "";
        await ada.ShowsAsync(
            screen =>
            {
                answer = screen.Split(Question) is [.., var after] and { Length: > 1 } ? after : "";
                return Seconds().IsMatch(answer);
            },
            $"an answer to '{Question}'");

        answer = Spaces().Replace(answer, " ");
        Assert.Contains("v43", answer, StringComparison.Ordinal);
        Assert.Contains("http_requests_total{service=\"checkout\"", answer, StringComparison.Ordinal);
        Assert.Matches(BeforeAndSince(), answer);
    }

    private static async Task RecoverAsync(PracticeStory story, ChangeRequest remedy)
    {
        var rolledBack = await story.GraceApprovesAsync(remedy.Id);
        PracticeStory.Ended(ChangeRequestState.Succeeded, rolledBack);
        Assert.Contains("recovered", rolledBack.Outcome, StringComparison.Ordinal);
        await story.Prometheus.UntilAsync(PracticeStory.ErrorShare, share => share < 0.02);
    }

    private static async Task RecordedAsync(PracticeStory story, ChangeRequestId deploy, ChangeRequestId rollback, string[] deployAudit)
    {
        story.UpdatedEveryMachineOnce("checkout", deploy);
        story.UpdatedEveryMachineOnce("checkout", rollback);
        story.OnlyChangedBy(deploy, rollback);
        await story.AuditedAsync(deploy, PracticeStory.Grace.Id, deployAudit);
        await story.AuditedAsync(rollback, PracticeStory.Grace.Id, WholeRecord);
        await story.RecordedOnGitHubAsync("checkout", deploy, "failure");
        await story.RecordedOnGitHubAsync("checkout", rollback, "success");
        await story.RecordedInGrafanaAsync(deploy, "Failed");
        await story.RecordedInGrafanaAsync(rollback, "Passed");
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spaces();

    // The last line of a turn says how long it took.
    [GeneratedRegex(@"built-in.* · \d", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\d ?%.{0,80}before.*\d ?%.{0,80}(since|after)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline, 500)]
    private static partial Regex BeforeAndSince();
}

/// <summary>One practice world at a time: each is a fleet, a Prometheus and its users.</summary>
[CollectionDefinition(nameof(PracticeStory))]
public sealed class PracticeStoryGroup;
