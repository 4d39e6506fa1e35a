using System.Buffers;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>A few workers with a buffer each, which files are read into and searched in before anything is decoded.</summary>
internal sealed class FileWorkers : IDisposable
{
    private static readonly FileOutcome Nothing = new([], null, null);

    private readonly ISourceTree _tree;
    private readonly IReadOnlyList<IStatementReader> _readers;
    private readonly ReadingLimits _limits;
    private readonly byte[][] _buffers;

    public FileWorkers(ISourceTree tree, IReadOnlyList<IStatementReader> readers, ReadingLimits limits, int workers)
    {
        _tree = tree;
        _readers = readers;
        _limits = limits;
        _buffers = [.. Enumerable.Range(0, workers).Select(_ => ArrayPool<byte>.Shared.Rent(limits.OneFile))];
    }

    /// <summary>Every file's outcome at its place. Ends when all are read.</summary>
    public async Task ReadAsync(ReadOnlyMemory<WantedFile> files, Memory<FileOutcome> outcomes, int portion, CancellationToken cancellationToken)
    {
        var next = 0;
        await Task.WhenAll(_buffers.Select(buffer => Task.Run(
            async () =>
            {
                for (var from = Interlocked.Add(ref next, portion) - portion; from < files.Length; from = Interlocked.Add(ref next, portion) - portion)
                {
                    for (var at = from; at < Math.Min(from + portion, files.Length); at++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        var outcome = await ReadAsync(files.Span[at], buffer.AsMemory(0, _limits.OneFile), cancellationToken);
                        outcomes.Span[at] = outcome;
                    }
                }
            },
            cancellationToken)));
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<FileOutcome> ReadAsync(WantedFile file, Memory<byte> buffer, CancellationToken cancellationToken) =>
        file.By == 0 ? Nothing
        : await _tree.ReadIntoAsync(file.Entry.Path, buffer, cancellationToken) is { } length ? Read(file, buffer.Span[..length])
        : new FileOutcome([], [new Problem("could not be read")], null);

    private FileOutcome Read(WantedFile file, ReadOnlySpan<byte> content)
    {
        SourceText? text = null;
        List<Statement>? statements = null;
        List<Problem>? problems = null;
        List<ReadBy>? read = null;
        for (var reader = 0; reader < _readers.Count; reader++)
        {
            if ((file.By & (1UL << reader)) == 0 || !_readers[reader].MayState(file.Entry.Path, content))
            {
                continue;
            }

            text ??= SourceText.From(file.Entry.Path, content);
            if (text is null)
            {
                return new FileOutcome([], [new Problem("binary")], null);
            }

            var before = (statements ??= []).Count;
            Take(_readers[reader], text, statements, ref problems);
            (read ??= []).Add(new ReadBy(reader, statements.Count - before));
        }

        return read is null ? Nothing : new FileOutcome(statements ?? [], problems, read);
    }

    private void Take(IStatementReader reader, SourceText text, List<Statement> statements, ref List<Problem>? problems)
    {
        try
        {
            foreach (var statement in reader.Read(text))
            {
                if (statements.Count == _limits.StatementsOfOneFile)
                {
                    (problems ??= []).Add(new Problem($"more than the {_limits.StatementsOfOneFile} statements that are taken from one file"));
                    return;
                }

                if (statement.Kind == StatementKind.ExposedSecret || (statement.At.Quote.Length > 0 && !QuotedSecrets.Stands(statement.At.Quote)))
                {
                    statements.Add(statement);
                }
                else
                {
                    (problems ??= []).Add(new Problem("what is stated here is not used: a quote of it would carry a secret", statement.At.Line));
                }
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // One file must not cost the review of all others; that it was not read to its end is said.
            (problems ??= []).Add(new Problem($"not read to its end: {reader.GetType().Name} failed on it ({exception.GetType().Name})"));
        }
    }
}
