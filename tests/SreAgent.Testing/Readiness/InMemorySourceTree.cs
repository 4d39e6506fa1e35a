using System.Text;
using SreAgent.Core.Readiness;

namespace SreAgent.Testing.Readiness;

/// <summary>Files a test wrote.</summary>
public sealed class InMemorySourceTree(string subject = "shop/checkout", string? commit = null) : ISourceTree
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public string Subject { get; } = subject;

    public string? Commit { get; set; } = commit;

    public InMemorySourceTree With(string path, string text)
    {
        _files[path] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SourceListing([.. _files.Select(file => new SourceEntry(file.Key, file.Value.Length))], []));

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_files.TryGetValue(path, out var bytes) ? bytes.AsMemory(0, Math.Min(most, bytes.Length)) : (ReadOnlyMemory<byte>?)null);
}
