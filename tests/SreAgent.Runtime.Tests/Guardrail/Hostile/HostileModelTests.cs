using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Audit;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail.Hostile;

/// <summary>
/// A model that wants changes through, with every means it has, and a world that breaks at the worst moments. Whatever it plays: no change
/// without a valid, matching, unspent approval, and none twice.
/// </summary>
public sealed class HostileModelTests(ITestOutputHelper output)
{
    private const int Sequences = 10_000;

    [Fact]
    public async Task No_change_runs_without_a_valid_matching_unspent_approval_and_none_runs_twice()
    {
        await using var harness = GuardrailHarness.Start();
        await using var replica = GuardrailHarness.Start(like: harness);
        var played = 0;
        var turns = 0;

        var promise = Prop.ForAll(Attacks.Sequences, attacks =>
        {
            var session = new HostileSession(harness, replica, $"s{++played}");
            session.PlayAsync(attacks).GetAwaiter().GetResult();
            turns += session.Turns;
            return (session.Violation is null).Label(session.Violation ?? "held");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Sequences), promise);

        output.WriteLine($"{played} sequences, {turns} changes executed");
        // A guardrail that lets nothing through would pass the property: enough rightful changes must have run.
        Assert.True(turns > Sequences / 20, $"Only {turns} changes ran; the attacks no longer reach the interesting part.");
        Assert.True((await AuditChain.VerifyAsync(harness.Audit.ReadAsync(1, CancellationToken.None), CancellationToken.None)).Ok);
    }
}
