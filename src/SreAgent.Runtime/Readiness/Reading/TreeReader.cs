using System.Numerics;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>What was read of a tree.</summary>
/// <param name="Statements">In the order of the listing, and of lines within a file.</param>
internal sealed record TreeReading(IReadOnlyList<Statement> Statements, IReadOnlyList<string> NotLookedAt);

/// <summary>
/// Opens the files readers ask for, two at a time, the likely ones first. A file is decoded only when a reader finds a mark in its bytes. Work
/// is done in waves, and the limits are looked at between waves, so that the same tree always gives the same reading.
/// </summary>
internal sealed class TreeReader(IReadOnlyList<IStatementReader> readers, ReadingLimits limits)
{
    private const int Workers = 2;
    private const int Wave = 128;

    // Files between two words of progress; a multiple of a wave.
    private const int Told = 2048;

    // Files a worker takes at once: few enough to end together, enough not to fight over the counter.
    private const int Portion = 8;

    public TreeReader(IReadOnlyList<IStatementReader> readers)
        : this(readers, new ReadingLimits())
    {
    }

    public async Task<TreeReading> ReadAsync(ISourceTree tree, SourceListing listing, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var skipped = new SkippedFiles(listing.NotLookedAt);
        var wanted = Choose(listing, skipped);
        var outcomes = new FileOutcome[wanted.Length];
        using var workers = new FileWorkers(tree, readers, limits, Workers);
        var (decoded, stated) = (new long[readers.Count], 0);
        for (var from = 0; from < wanted.Length; from += Wave)
        {
            if (from > 0 && from % Told == 0)
            {
                progress.Report($"{from} of {wanted.Length} files read");
            }

            var wave = Math.Min(Wave, wanted.Length - from);
            Withdraw(wanted.AsSpan(from, wave), stated > limits.Statements ? readers.Select(_ => long.MaxValue).ToArray() : decoded, skipped);
            await workers.ReadAsync(wanted.AsMemory(from, wave), outcomes.AsMemory(from, wave), Portion, cancellationToken);
            for (var at = from; at < from + wave; at++)
            {
                stated += outcomes[at].Statements.Count;
                Charge(decoded, outcomes[at].By, wanted[at].Entry.Size);
            }
        }

        return Gather(listing, wanted, outcomes, skipped);
    }

    // What a reader has had enough of is not opened for it any more.
    private void Withdraw(Span<WantedFile> wave, long[] decoded, SkippedFiles skipped)
    {
        var enough = 0UL;
        for (var reader = 0; reader < decoded.Length; reader++)
        {
            enough |= decoded[reader] > limits.DecodedByOneReader ? 1UL << reader : 0;
        }

        if (enough == 0)
        {
            return;
        }

        foreach (ref var file in wave)
        {
            if ((file.By & enough) != 0)
            {
                skipped.Add(file.Entry.Path, $"beyond what is read of one tree: {limits.DecodedByOneReader / (1024 * 1024)} MiB of a kind, {limits.Statements} statements in all; what speaks of operation by its path was read first");
                file = file with { By = file.By & ~enough };
            }
        }
    }

    private static void Charge(long[] decoded, ulong by, long size)
    {
        for (; by != 0; by &= by - 1)
        {
            decoded[BitOperations.TrailingZeroCount(by)] += size;
        }
    }

    private WantedFile[] Choose(SourceListing listing, SkippedFiles skipped)
    {
        var wanted = new List<WantedFile>();
        for (var place = 0; place < listing.Files.Count; place++)
        {
            var entry = listing.Files[place];
            var origin = FileOrigins.Of(entry.Path, out var folder);
            var by = origin == FileOrigin.Own ? AskedBy(entry) : 0;
            if (by == 0)
            {
                skipped.AddUnasked(entry.Path, origin, folder);
            }
            else if (entry.Size > limits.OneFile)
            {
                skipped.Add(entry.Path, $"more than the {limits.OneFile / 1024} KiB that are read of one file");
            }
            else if (entry.Size > 0)
            {
                wanted.Add(new WantedFile(entry, by, place, LikelyPlaces.Rank(entry.Path)));
            }
        }

        var chosen = wanted.OrderBy(file => file.Rank).ThenBy(file => file.Place).ToArray();
        var (opened, most) = (0L, chosen.Length);
        for (var i = 0; i < chosen.Length; i++)
        {
            opened += chosen[i].Entry.Size;
            if (opened > limits.Opened)
            {
                skipped.Add(chosen[i].Entry.Path, $"beyond the {limits.Opened / (1024 * 1024)} MiB that are opened of one tree");
                most = Math.Min(most, i);
            }
        }

        return chosen[..most];
    }

    private ulong AskedBy(SourceEntry entry)
    {
        var by = 0UL;
        for (var reader = 0; reader < readers.Count; reader++)
        {
            by |= readers[reader].Reads(entry) ? 1UL << reader : 0;
        }

        return by;
    }

    private static TreeReading Gather(SourceListing listing, WantedFile[] wanted, FileOutcome[] outcomes, SkippedFiles skipped)
    {
        var inOrder = new FileOutcome?[listing.Files.Count];
        for (var i = 0; i < wanted.Length; i++)
        {
            inOrder[wanted[i].Place] = outcomes[i];
        }

        var statements = new List<Statement>();
        for (var place = 0; place < inOrder.Length; place++)
        {
            if (inOrder[place] is not { } outcome)
            {
                continue;
            }

            foreach (var problem in outcome.Problems ?? [])
            {
                skipped.Add(problem.Line is { } line ? $"{listing.Files[place].Path}:{line}" : listing.Files[place].Path, problem.Why);
            }

            statements.AddRange(outcome.Statements);
        }

        return new TreeReading(MigrationPairs.Resolve(statements, listing), skipped.Describe());
    }
}

/// <param name="By">Bit n is set when reader n asked for it.</param>
/// <param name="Place">In the listing.</param>
internal readonly record struct WantedFile(SourceEntry Entry, ulong By, int Place, int Rank);

/// <param name="Problems">Why it, or a part of it, was not looked at.</param>
/// <param name="By">Bit n is set when reader n read it.</param>
internal readonly record struct FileOutcome(IReadOnlyList<Statement> Statements, IReadOnlyList<Problem>? Problems, ulong By)
{
    private readonly IReadOnlyList<Statement>? _statements = Statements;

    public IReadOnlyList<Statement> Statements => _statements ?? [];
}

/// <param name="Line">Absent when it is about the file.</param>
internal sealed record Problem(string Why, int? Line = null);
