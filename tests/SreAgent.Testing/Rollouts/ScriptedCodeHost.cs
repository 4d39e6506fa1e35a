using SreAgent.Core.Code;
using SreAgent.Core.Tools;

namespace SreAgent.Testing.Rollouts;

/// <summary>A code host that answers what a test wrote.</summary>
public sealed class ScriptedCodeHost : ICodeHost
{
    public string Name => "github";

    public TimeSpan Latency { get; set; }

    public CommitRange Range { get; set; } = new(
        2, 0,
        [new Commit("1111111aaaa", "Charge once", "ada", DateTimeOffset.UnixEpoch), new Commit("2222222bbbb", "Add a column", "grace", DateTimeOffset.UnixEpoch)],
        [new ChangedFile("src/charge.go", "modified", 10, 2), new ChangedFile("db/migrations/0007_add_column.sql", "added", 4, 0)], FilesCut: false, new Uri("https://github.test/compare"));

    public List<CommitCheck> Checks { get; } = [new("lint", CheckState.Passed, "", null), new("test", CheckState.Passed, "", null), new("build", CheckState.Passed, "", null)];

    /// <summary>By commit.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The last comparison that was asked for.</summary>
    public (string From, string To)? Compared { get; private set; }

    public string? Down { get; set; }

    public async Task<CommitRange> CompareAsync(string repository, string from, string to, CancellationToken cancellationToken)
    {
        Compared = (from, to);
        await AnswerAsync(cancellationToken);
        return Range;
    }

    public async Task<CommitChecks> ChecksAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return new CommitChecks(commit, [.. Checks], null);
    }

    public async Task<string?> FileAsync(string repository, string path, string commit, CancellationToken cancellationToken)
    {
        await AnswerAsync(cancellationToken);
        return Files.GetValueOrDefault(commit);
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Latency, cancellationToken);
        if (Down is { } why)
        {
            throw new ToolException(why);
        }
    }
}
