using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>What was read of a tree.</summary>
/// <param name="Statements">In the order of the listing, and of lines within a file.</param>
internal sealed record TreeReading(IReadOnlyList<Statement> Statements, IReadOnlyList<string> NotLookedAt);

/// <summary>
/// Opens the files readers ask for, two at a time, shallow ones first. A file is decoded only when a reader finds a mark in its bytes. Work
/// is done in waves, and the limits are looked at between waves, so that the same tree always gives the same reading.
/// </summary>
internal sealed class TreeReader(IReadOnlyList<IStatementReader> readers, ReadingLimits limits)
{
    private const int Workers = 2;
    private const int Wave = 1024;

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
        var (decoded, stated) = (0L, 0);
        for (var from = 0; from < wanted.Length; from += Wave)
        {
            if (from > 0)
            {
                progress.Report($"{from} of {wanted.Length} files read");
            }

            var wave = Math.Min(Wave, wanted.Length - from);
            if (decoded > limits.Decoded || stated > limits.Statements)
            {
                foreach (var file in wanted.AsSpan(from))
                {
                    skipped.Add(file.Entry.Path, decoded > limits.Decoded ? $"beyond the {limits.Decoded / (1024 * 1024)} MiB that are read of one tree" : $"beyond the {limits.Statements} statements that are taken from one tree");
                }

                break;
            }

            await workers.ReadAsync(wanted.AsMemory(from, wave), outcomes.AsMemory(from, wave), Portion, cancellationToken);
            foreach (var outcome in outcomes.AsSpan(from, wave))
            {
                decoded += outcome.Decoded;
                stated += outcome.Statements.Count;
            }
        }

        return Gather(listing, wanted, outcomes, skipped);
    }

    private WantedFile[] Choose(SourceListing listing, SkippedFiles skipped)
    {
        var wanted = new List<WantedFile>();
        for (var place = 0; place < listing.Files.Count; place++)
        {
            var entry = listing.Files[place];
            var by = 0UL;
            for (var reader = 0; reader < readers.Count; reader++)
            {
                by |= readers[reader].Reads(entry) ? 1UL << reader : 0;
            }

            if (by == 0)
            {
                skipped.AddUnasked(entry);
            }
            else if (entry.Size > limits.OneFile)
            {
                skipped.Add(entry.Path, $"more than the {limits.OneFile / 1024} KiB that are read of one file");
            }
            else if (entry.Size > 0)
            {
                wanted.Add(new WantedFile(entry, by, place, entry.Path.AsSpan().Count('/')));
            }
        }

        // What says how a service runs stands near the root more often than deep below.
        var chosen = wanted.OrderBy(file => file.Depth).ThenBy(file => file.Place).ToArray();
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
                skipped.Add(listing.Files[place].Path, problem);
            }

            statements.AddRange(outcome.Statements);
        }

        return new TreeReading(MigrationPairs.Resolve(statements, listing), skipped.Describe());
    }
}

/// <param name="By">Bit n is set when reader n asked for it.</param>
/// <param name="Place">In the listing.</param>
internal readonly record struct WantedFile(SourceEntry Entry, ulong By, int Place, int Depth);

/// <param name="Problems">Why it, or a part of it, was not looked at.</param>
/// <param name="Decoded">Bytes.</param>
internal readonly record struct FileOutcome(IReadOnlyList<Statement> Statements, IReadOnlyList<string>? Problems, int Decoded)
{
    private readonly IReadOnlyList<Statement>? _statements = Statements;

    public IReadOnlyList<Statement> Statements => _statements ?? [];
}
