using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Reading;
using SreAgent.Runtime.Readiness.Trees;
using SreAgent.Runtime.Tests.Readiness.Signals;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What a hundred thousand files cost. The memory is the whole process's, so nothing else may run meanwhile.</summary>
[Collection(nameof(LargeTrees))]
public sealed class LargeTreeTests : IDisposable
{
    private const long Mebibyte = 1 << 20;

    private readonly DocumentTree _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task They_are_listed_in_bounded_memory()
    {
        for (var folder = 0; folder < 100; folder++)
        {
            var path = Directory.CreateDirectory(_files.Path($"d{folder}")).FullName;
            for (var file = 0; file < 1_000; file++)
            {
                await File.Create(Path.Combine(path, $"f{file}.txt")).DisposeAsync();
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var listing = await new FolderSourceTree("service", _files.Folder).ListAsync(Token);

        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 * Mebibyte);
        Assert.Equal(100_000, listing.Files.Count);
    }

    [Fact]
    public async Task They_are_read_in_bounded_memory()
    {
        var tree = new EndlessTree(100_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var reading = await new TreeReader(WrittenRepository.AllReaders).ReadAsync(tree, await tree.ListAsync(Token), new Progress<string>(), Token);

        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 150 * Mebibyte);
        Assert.Contains(reading.NotLookedAt, line => line.StartsWith("vendor/: 25,000 files", StringComparison.Ordinal));
        Assert.NotEmpty(reading.Statements);
    }

    private sealed class EndlessTree(int files) : ISourceTree
    {
        private static readonly byte[] Manifest = Encoding.UTF8.GetBytes("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 2\n");

        public string Subject => "endless";

        public string? Commit => null;

        public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new SourceListing(
            [.. Enumerable.Range(0, files).Select(i => new SourceEntry((i % 4) switch { 0 => $"vendor/p{i % 97}/{i}.go", 1 => $"k8s/{i}.yaml", 2 => $"src/p{i % 97}/{i}.go", _ => $"img/{i}.png" }, Manifest.Length)).OrderBy(file => file.Path, StringComparer.Ordinal)],
            []));

        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(Manifest);
    }
}

[CollectionDefinition(nameof(LargeTrees), DisableParallelization = true)]
public sealed class LargeTrees;
