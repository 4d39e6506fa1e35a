using System.Runtime.InteropServices;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>What was read of a tree.</summary>
/// <param name="Statements">In the order of the listing, and of lines within a file; what several files state together comes last.</param>
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
    private const int Portion = 2;

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
        var shares = new ReaderShares(readers.Count, limits);
        for (var from = 0; from < wanted.Length; from += Wave)
        {
            if (from > 0 && from % Told == 0)
            {
                progress.Report($"{from} of {wanted.Length} files read");
            }

            var wave = Math.Min(Wave, wanted.Length - from);
            Withdraw(wanted.AsSpan(from, wave), shares.Full, skipped);
            await workers.ReadAsync(wanted.AsMemory(from, wave), outcomes.AsMemory(from, wave), Portion, cancellationToken);
            for (var at = from; at < from + wave; at++)
            {
                shares.Charge(outcomes[at].Read, wanted[at].Entry.Size);
            }
        }

        return Gather(listing, wanted, outcomes, skipped);
    }

    // What a reader has had enough of is not opened for it any more.
    private void Withdraw(Span<WantedFile> wave, ulong full, SkippedFiles skipped)
    {
        if (full == 0)
        {
            return;
        }

        foreach (ref var file in wave)
        {
            if ((file.By & full) != 0)
            {
                skipped.Add(file.Entry.Path, $"beyond what is read of one kind: {limits.DecodedByOneReader / (1024 * 1024)} MiB or {limits.StatementsOfOneReader} statements; what speaks of operation by its path was read first");
                file = file with { By = file.By & ~full };
            }
        }
    }

    private WantedFile[] Choose(SourceListing listing, SkippedFiles skipped)
    {
        var asked = new Asked[listing.Files.Count];
        Parallel.For(0, asked.Length, place => asked[place] = Ask(listing.Files[place]));
        var wanted = new List<WantedFile>();
        for (var place = 0; place < asked.Length; place++)
        {
            var entry = listing.Files[place];
            if (asked[place].By == 0)
            {
                skipped.AddUnasked(entry.Path, asked[place].Origin, asked[place].Folder);
            }
            else if (entry.Size > limits.OneFile)
            {
                skipped.Add(entry.Path, $"more than the {limits.OneFile / 1024} KiB that are read of one file");
            }
            else if (entry.Size > 0)
            {
                wanted.Add(new WantedFile(entry, asked[place].By, place, asked[place].Rank));
            }
        }

        wanted.Sort(static (one, other) => one.Rank != other.Rank ? one.Rank.CompareTo(other.Rank) : one.Place.CompareTo(other.Place));
        var chosen = wanted.ToArray();
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

    private Asked Ask(SourceEntry entry)
    {
        var origin = FileOrigins.Of(entry.Path, out var folder);
        var by = 0UL;
        for (var reader = 0; reader < readers.Count && origin == FileOrigin.Own; reader++)
        {
            by |= readers[reader].Reads(entry) ? 1UL << reader : 0;
        }

        return new Asked(by, origin, folder, by == 0 ? 0 : LikelyPlaces.Rank(entry.Path));
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

            // Two readers may come upon the same.
            foreach (var problem in (outcome.Problems ?? []).Distinct())
            {
                skipped.Add(problem.Line is { } line ? $"{listing.Files[place].Path}:{line}" : listing.Files[place].Path, problem.Why);
            }

            statements.AddRange(outcome.Statements ?? []);
        }

        return new TreeReading(StagedPipelines.Resolve(MigrationPairs.Resolve(statements, listing)), skipped.Describe());
    }
}

/// <param name="By">Bit n is set when reader n asked for it.</param>
/// <param name="Place">In the listing.</param>
internal readonly record struct WantedFile(SourceEntry Entry, ulong By, int Place, int Rank);

/// <param name="By">Bit n is set when reader n asks for it.</param>
/// <param name="Folder">How much of the path is the folder that decided its origin.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Asked(ulong By, FileOrigin Origin, int Folder, int Rank);

/// <param name="Problems">Why it, or a part of it, was not looked at.</param>
/// <param name="Read">Who read it.</param>
internal readonly record struct FileOutcome(IReadOnlyList<Statement> Statements, IReadOnlyList<Problem>? Problems, IReadOnlyList<ReadBy>? Read);

/// <param name="Reader">Its number.</param>
/// <param name="Statements">How many it found.</param>
internal sealed record ReadBy(int Reader, int Statements);

/// <param name="Line">Absent when it is about the file.</param>
internal sealed record Problem(string Why, int? Line = null);
