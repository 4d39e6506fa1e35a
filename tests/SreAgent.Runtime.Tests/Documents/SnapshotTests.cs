using SreAgent.Testing;
using Xunit.Sdk;

namespace SreAgent.Runtime.Tests.Documents;

public sealed class SnapshotTests : IDisposable
{
    private readonly DocumentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_missing_snapshot_fails_and_leaves_the_received_text()
    {
        Assert.ThrowsAny<XunitException>(() => Take("text"));

        Assert.Equal("text\n", File.ReadAllText(_tree.Path("Tests.Shown.received.txt")));
        Assert.False(File.Exists(_tree.Path("Tests.Shown.verified.txt")));
    }

    [Fact]
    public void An_equal_text_passes_and_clears_what_was_received_before()
    {
        _tree.Write("Tests.Shown.verified.txt", "one\r\ntwo\r\n");
        _tree.Write("Tests.Shown.received.txt", "old");

        Take("one\ntwo");

        Assert.False(File.Exists(_tree.Path("Tests.Shown.received.txt")));
    }

    [Fact]
    public void A_difference_names_its_line()
    {
        _tree.Write("Tests.Shown.verified.txt", "one\ntwo");

        var failure = Assert.ThrowsAny<XunitException>(() => Take("one\nthree"));

        Assert.Contains("line 2", failure.Message);
        Assert.Contains("+ three", failure.Message);
    }

    private void Take(string text) => Snapshot.Verify(text, sourceFile: _tree.Path("Tests.cs"), test: "Shown");
}
