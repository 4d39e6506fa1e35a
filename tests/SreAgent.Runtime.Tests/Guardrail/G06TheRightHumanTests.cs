using SreAgent.Core.Changes;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G6: approvers are named per environment, a second person where it says so, and self-approval is explicit and marked.</summary>
public sealed class G06TheRightHumanTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task The_requester_cannot_approve_their_own_request()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Ada);

        Assert.Equal("four-eyes", (await _harness.ApproveAsync(id, GuardrailHarness.Ada)).Rule);
    }

    [Fact]
    public async Task A_stranger_cannot_approve()
    {
        var id = await _harness.AskAsync();

        Assert.Equal("approvers", (await _harness.ApproveAsync(id, GuardrailHarness.Mallory)).Rule);
    }

    [Fact]
    public async Task Self_approval_works_where_it_is_allowed_and_is_marked()
    {
        await using var harness = GuardrailHarness.Start(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Guardrails:Environments:practice:AllowSelfApproval"] = "true" });
        var id = await harness.AskAsync(actor: GuardrailHarness.Ada);

        Assert.True((await harness.ApproveAsync(id, GuardrailHarness.Ada)).Accepted);
        Assert.True(Assert.Single((await harness.ShowAsync(id)).Approvals).SelfApproved);
        var entries = await harness.Audit.LatestAsync(1, CancellationToken.None);
        Assert.Contains("\"selfApproved\":true", Assert.Single(entries).Record.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_without_approvers_lets_nobody_approve()
    {
        await using var harness = GuardrailHarness.Start(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Guardrails:Environments:vault:AllowSelfApproval"] = "true",
            },
            world: new KnobWorld { Environment = "vault" });
        var id = await harness.AskAsync();

        var answer = await harness.ApproveAsync(id);

        Assert.Equal("approvers", answer.Rule);
        Assert.Contains("none are configured", answer.Message, StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Pending, (await harness.ShowAsync(id)).State);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
