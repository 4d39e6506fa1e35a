using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;
using SreAgent.Runtime.Readiness;
using SreAgent.Runtime.Readiness.Reading;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>A repository a test writes, and what is read of it.</summary>
internal sealed class WrittenRepository(string subject) : ISourceTree
{
    public static IStatementReader[] AllReaders => Readers;

    private static readonly IStatementReader[] Readers = [.. new ServiceCollection().AddOperationalReaders().BuildServiceProvider().GetServices<IStatementReader>()];

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public string Subject { get; } = subject;

    public string? Commit => null;

    public int Opened { get; private set; }

    public WrittenRepository With(string path, string text) => With(path, Encoding.UTF8.GetBytes(text));

    public WrittenRepository With(string path, byte[] content)
    {
        _files[path] = content;
        return this;
    }

    public SourceListing Listing => new([.. _files.Select(file => new SourceEntry(file.Key, file.Value.Length))], []);

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Listing);

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        Opened++;
        return ValueTask.FromResult(_files.TryGetValue(path, out var bytes) && bytes is not [0xDE, 0xAD] ? bytes.AsMemory(0, Math.Min(most, bytes.Length)) : (ReadOnlyMemory<byte>?)null);
    }

    public Task<TreeReading> ReadingAsync(ReadingLimits? limits = null) =>
        new TreeReader(Readers, limits ?? new ReadingLimits()).ReadAsync(this, Listing, new Progress<string>(), TestContext.Current.CancellationToken);

    public static IReadOnlyList<Statement> Statements(string path, string text)
    {
        // Through the screens too: what none lets pass is never read, however well a reader knows it.
        var (source, bytes) = (new SourceText(path, text), Encoding.UTF8.GetBytes(text));
        return [.. Readers.Where(reader => reader.Reads(new SourceEntry(path, bytes.Length)) && reader.MayState(path, bytes)).SelectMany(reader => reader.Read(source))];
    }

    /// <summary>Everything that was read, found and passed over, a line each.</summary>
    public async Task<string> TellAsync()
    {
        var reading = await ReadingAsync();
        var told = new StringBuilder();
        foreach (var statement in reading.Statements)
        {
            told.Append(statement.At.Path).Append(':').Append(statement.At.Line);
            if (statement.At.EndLine > statement.At.Line)
            {
                told.Append('-').Append(statement.At.EndLine);
            }

            told.Append(' ').Append(statement.Kind).Append(": ").Append(statement.Text).Append(" {")
                .AppendJoin(", ", statement.Fields.Select(field => $"{field.Key}={field.Value}")).Append("}\n");
        }

        foreach (var finding in FindingRules.Find(reading.Statements, Listing))
        {
            told.Append("! ").Append(finding.Severity).Append(' ').Append(finding.Id).Append(' ').Append(finding.Path).Append(':').Append(finding.Line).Append(' ').Append(finding.Message).Append('\n');
        }

        return told.AppendJoin('\n', reading.NotLookedAt.Select(line => $"~ {line}")).ToString();
    }
}
