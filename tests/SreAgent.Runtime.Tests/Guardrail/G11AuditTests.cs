using SreAgent.Core.Audit;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G11: written before acting, chained, and without a record there is no act.</summary>
public sealed class G11AuditTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task The_intent_stands_in_the_trail_before_the_change_begins()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        AuditEntry? lastBeforeTheTurn = null;
        _harness.World.DuringChange = async () => lastBeforeTheTurn = Assert.Single(await _harness.Audit.LatestAsync(1, CancellationToken.None));

        await _harness.ExecuteAsync(id);

        Assert.Equal(AuditKind.Intent, lastBeforeTheTurn!.Record.Kind);
        Assert.Equal(id.Value, lastBeforeTheTurn.Record.Subject);
    }

    [Fact]
    public async Task A_whole_change_tells_its_story_in_order_and_the_chain_holds()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        await _harness.ExecuteAsync(id);

        var story = new List<AuditKind>();
        await foreach (var entry in _harness.Audit.ReadAsync(1, CancellationToken.None))
        {
            story.Add(entry.Record.Kind);
        }

        Assert.Equal([AuditKind.Requested, AuditKind.Approved, AuditKind.Intent, AuditKind.Outcome], story);
        Assert.True((await AuditChain.VerifyAsync(_harness.Audit.ReadAsync(1, CancellationToken.None), CancellationToken.None)).Ok);
    }

    [Fact]
    public async Task Refusals_are_recorded_with_their_rule()
    {
        await _harness.CallAsync("knob_nonsense_here", new { });

        var entry = Assert.Single(await _harness.Audit.LatestAsync(1, CancellationToken.None));
        Assert.Equal(AuditKind.Denied, entry.Record.Kind);
        Assert.Contains("unknown-tool", entry.Record.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_ends_before_anybody_is_asked_is_recorded_with_why()
    {
        await _harness.CallAsync("knob_turn_value", new { target = "volume", value = "loud" });
        _harness.World.PreflightPasses = false;
        await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7 });

        var entries = await _harness.Audit.LatestAsync(10, CancellationToken.None);
        Assert.Equal([AuditKind.Denied, AuditKind.Denied], entries.Select(entry => entry.Record.Kind));
        Assert.Contains("It squeaks", entries[0].Record.Detail, StringComparison.Ordinal);
        Assert.Contains("whole number", entries[1].Record.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_that_cannot_be_recorded_is_not_given()
    {
        var id = await _harness.AskAsync();
        _harness.Audit.IsFull = true;

        await Assert.ThrowsAsync<IOException>(() => _harness.ApproveAsync(id));

        _harness.Audit.IsFull = false;
        Assert.Empty((await _harness.ShowAsync(id)).Approvals);
        Assert.IsType<ToolResult.AwaitingApproval>(await _harness.ExecuteAsync(id));
    }

    [Fact]
    public async Task A_full_disk_while_auditing_executes_nothing_and_says_what_to_mend()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.Audit.IsFull = true;

        var result = await _harness.ExecuteAsync(id);

        _harness.Audit.IsFull = false;
        Assert.Equal("audit", Assert.IsType<ToolResult.Denied>(result).Rule);
        Assert.Empty(_harness.World.Journal);
        Assert.Contains("nothing was executed", (await _harness.ShowAsync(id)).Outcome, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
