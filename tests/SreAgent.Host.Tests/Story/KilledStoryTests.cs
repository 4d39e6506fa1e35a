using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Tests.Story;

/// <summary>kill -9 of the real executable while it rolls back, in a practice world that lives on in another process.</summary>
[Collection(nameof(PracticeStory))]
public sealed class KilledStoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // One kill for two moments, so that their leases lapse together: one change watches its users, the other has updated its first machine.
    [Fact]
    public async Task What_kill_9_cut_off_during_the_soak_and_between_two_machines_another_process_finishes_once()
    {
        await using var story = await PracticeStory.StartAsync(installation => installation
            .With("Guardrails:Environments:practice:AllowSelfApproval", "true")
            .With("Guardrails:Environments:practice:ApproveVia:0", "mcp")
            .With("Services:checkout:Rollouts:SoakSeconds", "20")
            .With("Services:inventory:Rollouts:SoakSeconds", "20"));
        await story.World.Fly.DeployAsync("checkout", "v43", "ci@lab.example", Token);
        await story.Prometheus.UntilAsync(PracticeStory.ErrorShare, share => share > 0.1);

        ChangeRequest soaking, updating;
        await using (var doomed = await McpProcess.StartAsync(story.Installation, McpProcess.Phrase))
        {
            soaking = await BeginAsync(story, doomed, "checkout");
            await story.UntilStepAsync(soaking.Id, "watch users");
            updating = await BeginAsync(story, doomed, "inventory");
            await story.UntilJournaledAsync(entry => entry.ChangeId == updating.Id.Value && entry.Summary.StartsWith("updated inventory ", StringComparison.Ordinal));
            await doomed.KillAsync();
        }

        Assert.Equal([ChangeRequestState.Executing, ChangeRequestState.Executing], [(await story.ShowAsync(soaking.Id)).State, (await story.ShowAsync(updating.Id)).State]);
        await using var heir = await McpProcess.StartAsync(story.Installation, _ => throw new InvalidOperationException("What was approved is not asked again."));
        await FinishedOnceAsync(story, soaking.Id, "checkout", "recovered");
        await FinishedOnceAsync(story, updating.Id, "inventory", "availability");
        story.OnlyChangedBy(soaking.Id, updating.Id);
    }

    /// <summary>Asks and approves, and returns while it is being carried out.</summary>
    private static async Task<ChangeRequest> BeginAsync(PracticeStory story, McpProcess mcp, string service)
    {
        _ = mcp.CallAsync("fly_rollback", new { service, reason = "users see errors" }).ContinueWith(static cut => cut.Exception, TaskScheduler.Default); // The kill cuts it off.
        return await PracticeStory.UntilAsync(async () => (await story.ListAsync()).FirstOrDefault(request => request.Plan.Target == service), $"a rollback of {service}");
    }

    private static async Task FinishedOnceAsync(PracticeStory story, ChangeRequestId change, string app, string outcome)
    {
        var ended = await PracticeStory.UntilAsync(
            async () => await story.ShowAsync(change) is { State: not ChangeRequestState.Executing } request ? request : null, $"the end of {change}");
        PracticeStory.Ended(ChangeRequestState.Succeeded, ended);
        story.UpdatedEveryMachineOnce(app, change);
        await story.AuditedAsync(change, OperatingSystemActor.Current(Surface.Mcp).Id, "Requested", "Approved", "Intent", "Intent", "Outcome");

        var shown = await story.Installation.JsonAsync("changes", "show", change.Value);
        Assert.Equal("succeeded", shown.GetProperty("state").GetString());
        Assert.Contains(outcome, shown.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        var steps = shown.GetProperty("steps").EnumerateArray().ToArray();
        Assert.Equal(steps.Length, steps.Select(step => step.GetProperty("name").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(steps, step => Assert.True(step.TryGetProperty("finishedAt", out _), step.GetRawText()));
        Assert.Equal(story.MachinesOf(app).Count, steps.Count(step => step.GetProperty("name").GetString()!.StartsWith("update machine ", StringComparison.Ordinal)));
    }
}
