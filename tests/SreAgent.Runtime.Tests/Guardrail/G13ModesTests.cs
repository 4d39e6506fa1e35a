using SreAgent.Core.Audit;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G13: shadow records and lets through all but changes; the kill switch stops every replica at once.</summary>
public sealed class G13ModesTests
{
    private static readonly Dictionary<string, string?> NobodyWrites = new(StringComparer.Ordinal)
    {
        ["Guardrails:Rules:0:Name"] = "nobody-writes",
        ["Guardrails:Rules:0:Verdict"] = "deny",
        ["Guardrails:Rules:0:Reason"] = "Quiet, please.",
        ["Guardrails:Rules:0:Effects:0"] = "write",
        ["Guardrails:Rules:0:Effects:1"] = "change",
    };

    [Fact]
    public async Task Shadow_lets_a_denied_write_through_and_records_what_enforcing_would_have_said()
    {
        await using var harness = GuardrailHarness.Start(new Dictionary<string, string?>(NobodyWrites, StringComparer.Ordinal) { ["Guardrails:Mode"] = "shadow" });

        var outcome = await harness.CallAsync("knob_write_note", new { target = "volume", text = "hello" });

        Assert.IsType<ToolResult.Found>(outcome.Result);
        var entries = await harness.Audit.LatestAsync(10, CancellationToken.None);
        Assert.Contains(entries, entry => entry.Record.Kind == AuditKind.WouldHaveBeen && entry.Record.Detail.Contains("nobody-writes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shadow_still_wants_an_approval_for_a_change()
    {
        await using var harness = GuardrailHarness.Start(new Dictionary<string, string?>(NobodyWrites, StringComparer.Ordinal) { ["Guardrails:Mode"] = "shadow" });

        var id = await harness.AskAsync();
        Assert.Empty(harness.World.Journal);

        await harness.ApproveAsync(id);
        Assert.IsType<ToolResult.Found>(await harness.ExecuteAsync(id));
    }

    [Fact]
    public async Task Enforcing_denies_what_shadow_let_through()
    {
        await using var harness = GuardrailHarness.Start(NobodyWrites);

        var outcome = await harness.CallAsync("knob_write_note", new { target = "volume", text = "hello" });

        Assert.Equal("nobody-writes", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
    }

    [Fact]
    public async Task The_kill_switch_stops_writes_and_approved_changes_on_every_replica_but_not_reads()
    {
        await using var harness = GuardrailHarness.Start();
        await using var replica = GuardrailHarness.Start(like: harness);
        var id = await harness.AskAsync();
        await harness.ApproveAsync(id);

        await harness.KillSwitch.TurnAsync(stopped: true, "os:ada", "something smells", harness.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal("kill-switch", Assert.IsType<ToolResult.Denied>(await replica.ExecuteAsync(id)).Rule);
        Assert.Equal("kill-switch", Assert.IsType<ToolResult.Denied>((await replica.CallAsync("knob_write_note", new { target = "t", text = "x" })).Result).Rule);
        Assert.IsType<ToolResult.Found>((await replica.CallAsync("knob_read_value", new { target = "t" })).Result);
        Assert.Empty(harness.World.Journal);
    }

    [Fact]
    public async Task The_kill_switch_is_not_softened_by_shadow_mode()
    {
        await using var harness = GuardrailHarness.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Guardrails:Mode"] = "shadow",
            ["Guardrails:KillSwitch"] = "true",
        });

        var outcome = await harness.CallAsync("knob_write_note", new { target = "volume", text = "hello" });

        Assert.Equal("kill-switch", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
    }
}
