using System.Diagnostics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>
/// A model that wants things done in the lab, with every means it has, and a world that breaks at the worst moments. Whatever it plays: the
/// lab's journal shows no mutation that a rule does not allow or a valid, matching, unspent approval does not cover, and none twice.
/// </summary>
[Collection(nameof(HostileLab))]
public sealed class HostileLabTests(ITestOutputHelper output)
{
    private const int Sequences = 10_000;

    // One sequence is one socket after another; two labs keep a small machine busy, and a fresh one now and then keeps both quick.
    private const int Labs = 10;
    private const int AtOnce = 2;

    [Fact]
    public async Task No_mutation_of_the_lab_is_without_a_rule_or_an_approval_that_covers_it()
    {
        var watch = Stopwatch.StartNew();
        var all = new Played();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Labs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (number, cancellationToken) => await PlayAsync(number, all, cancellationToken));

        output.WriteLine($"{all.Sequences} sequences, {all.Executed} changes executed, {all.Entries} journal lines, {watch.Elapsed.TotalSeconds:0} s");

        // An installation that lets nothing through would pass: enough rightful changes must have run.
        Assert.True(all.Sequences >= Sequences, $"Only {all.Sequences} sequences were played.");
        Assert.True(all.Executed > Sequences / 20, $"Only {all.Executed} changes ran; the attacks no longer reach the interesting part.");
    }

    private static async Task PlayAsync(int number, Played all, CancellationToken cancellationToken)
    {
        await using var lab = await HostileLab.OpenAsync(cancellationToken);
        var promise = Prop.ForAll(LabAttacks.Sequences, attacks =>
        {
            var session = new HostileLabSession(lab, $"lab{number}-s{Interlocked.Increment(ref all.Sequences)}");
            session.PlayAsync(attacks).GetAwaiter().GetResult();
            Interlocked.Add(ref all.Executed, session.Executed);
            return (session.Violation is null).Label(session.Violation ?? "held");
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Sequences / Labs), promise);

        Interlocked.Add(ref all.Entries, lab.Systems.Journal.Entries.Count);
        Assert.True((await lab.VerifyAuditAsync(cancellationToken)).Ok);
        await foreach (var entry in lab.One.Audit.ReadAsync(1, cancellationToken))
        {
            var text = JsonSerializer.Serialize(entry.Record);
            Assert.DoesNotContain(HostileLab.Secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private sealed class Played
    {
        public int Sequences;
        public int Executed;
        public int Entries;
    }
}

/// <summary>By itself: it keeps every core busy, and others here watch users in real time.</summary>
[CollectionDefinition(nameof(HostileLab), DisableParallelization = true)]
public sealed class HostileLabGroup;
