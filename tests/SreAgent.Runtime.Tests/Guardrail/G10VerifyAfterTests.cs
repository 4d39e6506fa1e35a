using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G10: every change is looked at afterwards; a tool's own word is not success.</summary>
public sealed class G10VerifyAfterTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Theory]
    [InlineData(VerificationVerdict.Passed, ChangeRequestState.Succeeded)]
    [InlineData(VerificationVerdict.Failed, ChangeRequestState.Failed)]
    [InlineData(VerificationVerdict.Unverified, ChangeRequestState.Unverified)]
    public async Task The_state_follows_what_verification_saw(VerificationVerdict verdict, ChangeRequestState expected)
    {
        _harness.World.VerifiesAs = verdict;
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);

        await _harness.ExecuteAsync(id);

        var request = await _harness.ShowAsync(id);
        Assert.Equal(expected, request.State);
        Assert.Contains("volume reads 7", request.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_verification_says_how_to_undo()
    {
        _harness.World.VerifiesAs = VerificationVerdict.Failed;
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);

        Assert.Contains("Turn it back to 0", Assert.IsType<ToolResult.Failed>(await _harness.ExecuteAsync(id)).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_throws_is_failed_and_still_looked_at()
    {
        _harness.World.DuringChange = () => throw new ToolException("The knob came off.");
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);

        await _harness.ExecuteAsync(id);

        var request = await _harness.ShowAsync(id);
        Assert.Equal(ChangeRequestState.Failed, request.State);
        Assert.Contains("The knob came off. Verification: volume reads 0.", request.Outcome, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
