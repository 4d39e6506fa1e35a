using SreAgent.Core.Audit;

namespace SreAgent.Core.Tests.Audit;

public class AuditChainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Exports live for years: an entry's hash must be the same in every version of this program.</summary>
    [Fact]
    public void The_hash_of_an_entry_never_changes()
    {
        var entry = AuditChain.Link(1, new AuditRecord(Noon, AuditKind.Intent, "os:ada", "operator", "production", "fly_deploy", "call-1", """{"app":"checkout"}"""), AuditChain.Genesis);

        // sha256sum of the entry's RFC 8785 form, computed outside this program.
        Assert.Equal("9b898547a80939a53d39a82a4c5777f30e5c387a06c416c000ccda5c2e7e9475", entry.Hash);
    }

    [Fact]
    public async Task An_untouched_chain_holds()
    {
        var verification = await VerifyAsync(Chain(5));

        Assert.True(verification.Ok);
        Assert.Equal(5, verification.Entries);
    }

    [Fact]
    public async Task An_empty_chain_holds() => Assert.True((await VerifyAsync([])).Ok);

    public static TheoryData<string, Func<AuditEntry, AuditEntry>> Changes => new()
    {
        { "time", entry => entry with { Record = entry.Record with { At = entry.Record.At.AddTicks(1) } } },
        { "kind", entry => entry with { Record = entry.Record with { Kind = AuditKind.Denied } } },
        { "actor", entry => entry with { Record = entry.Record with { Actor = "os:eve" } } },
        { "persona", entry => entry with { Record = entry.Record with { Persona = "kai" } } },
        { "environment", entry => entry with { Record = entry.Record with { Environment = "staging" } } },
        { "tool", entry => entry with { Record = entry.Record with { Tool = "fly_destroy" } } },
        { "subject", entry => entry with { Record = entry.Record with { Subject = "call-9" } } },
        { "detail", entry => entry with { Record = entry.Record with { Detail = "" } } },
        { "hash", entry => entry with { Hash = AuditChain.Genesis } },
        { "previous hash", entry => entry with { PreviousHash = AuditChain.Genesis } },
        { "sequence", entry => entry with { Sequence = 30 } },
        { "everything, with a hash that fits", entry => AuditChain.Link(entry.Sequence, entry.Record with { Actor = "os:eve" }, AuditChain.Genesis) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_changed_entry_is_the_first_broken_link(string what, Func<AuditEntry, AuditEntry> change)
    {
        var chain = Chain(5);
        chain[2] = change(chain[2]);

        Assert.True((await VerifyAsync(chain)).BrokenAt == chain[2].Sequence, what);
    }

    [Fact]
    public async Task A_rewritten_entry_breaks_the_link_after_it()
    {
        var chain = Chain(5);
        chain[2] = AuditChain.Link(3, chain[2].Record with { Actor = "os:eve" }, chain[1].Hash);

        Assert.Equal(4, (await VerifyAsync(chain)).BrokenAt);
    }

    [Fact]
    public async Task A_removed_repeated_or_swapped_entry_breaks_the_chain()
    {
        var chain = Chain(5);

        Assert.Equal(4, (await VerifyAsync([.. chain.Where(entry => entry.Sequence != 3)])).BrokenAt);
        Assert.Equal(2, (await VerifyAsync([.. chain.Skip(1)])).BrokenAt);
        Assert.Equal(2, (await VerifyAsync([chain[0], chain[1], chain[1], chain[2]])).BrokenAt);
        Assert.Equal(3, (await VerifyAsync([chain[0], chain[2], chain[1]])).BrokenAt);
    }

    [Fact]
    public async Task An_export_reads_back_and_verifies_by_itself()
    {
        var chain = Chain(3);
        chain.Add(AuditChain.Link(4, new AuditRecord(Noon.ToOffset(TimeSpan.FromHours(5)), AuditKind.WouldHaveBeen, "", "", "", "x\n\0\u2028", "\"\\", "😀 <&>"), chain[^1].Hash));
        using var file = new StringWriter();

        Assert.Equal(4, await AuditExport.WriteAsync(chain.ToAsyncEnumerable(), file, Token));

        var lines = file.ToString().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("""{"sequence":1,"at":"2026-11-20T12:00:01.0000000Z","kind":"Intent","actor":"os:ada","persona":"operator","environment":"production","tool":"fly_deploy","subject":"call-1","detail":"{}","previousHash":"0000""", lines[0], StringComparison.Ordinal);
        using var reader = new StringReader(file.ToString());
        var verification = await AuditChain.VerifyAsync(AuditExport.ReadAsync(reader, Token), Token);
        Assert.Equal((4, true), (verification.Entries, verification.Ok));
    }

    [Fact]
    public async Task A_changed_line_of_an_export_is_found()
    {
        using var file = new StringWriter();
        await AuditExport.WriteAsync(Chain(3).ToAsyncEnumerable(), file, Token);
        using var reader = new StringReader(file.ToString().Replace("call-2", "call-9", StringComparison.Ordinal));

        Assert.Equal(2, (await AuditChain.VerifyAsync(AuditExport.ReadAsync(reader, Token), Token)).BrokenAt);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"sequence":2}""")]
    [InlineData("""{"sequence":"two","at":"x"}""")]
    public async Task A_line_that_is_no_entry_is_named(string line)
    {
        using var file = new StringWriter();
        await AuditExport.WriteAsync(Chain(1).ToAsyncEnumerable(), file, Token);
        using var reader = new StringReader($"{file}\n{line}\n");

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => AuditChain.VerifyAsync(AuditExport.ReadAsync(reader, Token), Token));
        Assert.StartsWith("Line 3 ", fault.Message, StringComparison.Ordinal);
    }

    private static Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditEntry> chain) => AuditChain.VerifyAsync(chain.ToAsyncEnumerable(), Token);

    private static List<AuditEntry> Chain(int length)
    {
        var chain = new List<AuditEntry>();
        for (var i = 1; i <= length; i++)
        {
            var record = new AuditRecord(Noon.AddSeconds(i), AuditKind.Intent, "os:ada", "operator", "production", "fly_deploy", $"call-{i}", "{}");
            chain.Add(AuditChain.Link(i, record, chain is [.., var last] ? last.Hash : AuditChain.Genesis));
        }

        return chain;
    }
}
