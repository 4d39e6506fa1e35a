using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.GitHub.Trees;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>An archive comes from outside: nothing in it decides what is read, where it lands or how much of it.</summary>
public class ArchiveReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_not_what_the_commit_lists_is_not_kept()
    {
        using var stored = new StoredFiles();
        var files = new CommitFiles([Listed("app.yaml", "replicas: 3\n")], isComplete: true, new TreeLimits());

        await ReadAsync(files, stored, new TreeLimits(), Archive(("top/app.yaml", "replicas: 9\n"), ("top/unlisted.txt", "x")));

        Assert.Null(files.Find("app.yaml")!.At); // It is listed.
        Assert.Null(files.Find("unlisted.txt"));
        Assert.Equal(0, stored.Length);
    }

    [Fact]
    public async Task Links_and_submodules_are_told_and_never_followed()
    {
        using var stored = new StoredFiles();
        var files = new CommitFiles(
            [new("passwd", "120000", "blob", new string('a', 40), 11), new("lib", "160000", "commit", new string('b', 40), 0), Listed("a", "a")], isComplete: true, new TreeLimits());
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "top/passwd") { LinkName = "/etc/passwd" };

        await ReadAsync(files, stored, new TreeLimits(), Archive([link], ("top/a", "a")));

        Assert.Equal(["passwd: a link, which is not followed", "lib: a submodule: another repository"], files.NotLookedAt);
        Assert.Equal(["a"], files.All.Select(file => file.Key));
        Assert.NotNull(files.Find("a")!.At); // It is listed.
    }

    [Theory]
    [InlineData("top/../../etc/cron.d/x")]
    [InlineData("top//etc/x")]
    [InlineData("top/a/../b")]
    public async Task A_name_that_leads_elsewhere_is_no_file(string name)
    {
        using var stored = new StoredFiles();
        var files = new CommitFiles([], isComplete: false, new TreeLimits());

        await ReadAsync(files, stored, new TreeLimits(), Archive((name, "boo")));

        Assert.Empty(files.All);
        Assert.Contains("no path within the repository", Assert.Single(files.NotLookedAt), StringComparison.Ordinal);
        Assert.Equal(0, stored.Length);
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_too_much_is_read_no_further()
    {
        using var stored = new StoredFiles();
        var limits = new TreeLimits { UnpackedBytes = 3_000_000, FileBytes = 1_000_000 };
        var large = new string('0', 2_000_000);
        var files = new CommitFiles([Listed("a", "a"), Listed("z", "z")], isComplete: true, limits);

        var stopped = await ReadAsync(files, stored, limits, Archive(("top/a", "a"), ("top/l1", large), ("top/l2", large), ("top/z", "z")));

        Assert.Contains("unpacks to more than", stopped, StringComparison.Ordinal);
        Assert.NotNull(files.Find("a")!.At); // Both are listed.
        Assert.Null(files.Find("z")!.At);
    }

    [Fact]
    public async Task No_more_is_kept_than_there_is_room_for()
    {
        using var stored = new StoredFiles();
        var limits = new TreeLimits { StoredBytes = 10 };
        var files = new CommitFiles([Listed("a", "12345678"), Listed("b", "12345678")], isComplete: true, limits);

        var stopped = await ReadAsync(files, stored, limits, Archive(("top/a", "12345678"), ("top/b", "12345678")));

        Assert.Contains("only the first were kept", stopped, StringComparison.Ordinal);
        Assert.Equal(8, stored.Length);
    }

    [Fact]
    public async Task What_is_no_archive_is_told_as_damaged()
    {
        using var stored = new StoredFiles();

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new CommitFiles([], isComplete: true, new TreeLimits()), stored, new TreeLimits(), [1, 2, 3, 4]));
    }

    [Fact]
    public void Nothing_of_it_can_be_found_on_disk_by_others()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "sre-agent-*.tree");

        using var stored = new StoredFiles();

        Assert.Equal(before, OperatingSystem.IsWindows() ? before : Directory.GetFiles(Path.GetTempPath(), "sre-agent-*.tree"));
    }

    [Theory]
    [InlineData("https://api.github.com/", "https://codeload.github.com/o/r", true)]
    [InlineData("https://api.github.com/", "https://github.com/o/r", true)]
    [InlineData("https://api.github.com/", "https://codeload.github.com.evil.example/o/r", false)]
    [InlineData("https://api.github.com/", "http://codeload.github.com/o/r", false)]
    [InlineData("https://api.github.com/", "https://codeload.github.com:8443/o/r", false)]
    [InlineData("https://api.github.com/", "https://me@codeload.github.com/o/r", false)]
    [InlineData("https://git.acme.example/api/v3/", "https://codeload.git.acme.example/o/r", true)]
    [InlineData("https://git.acme.example/api/v3/", "https://git.acme.example/_codeload/o/r", true)]
    [InlineData("https://api.acme.ghe.com/", "https://codeload.acme.ghe.com/o/r", true)]
    [InlineData("https://api.acme.ghe.com/", "https://codeload.other.ghe.com/o/r", false)]
    [InlineData("http://127.0.0.1:4000/", "http://127.0.0.1:4001/o/r", true)]
    [InlineData("http://127.0.0.1:4000/", "http://169.254.169.254/latest", false)]
    [InlineData("https://api.github.com/", "http://127.0.0.1/o/r", false)]
    public void Archives_are_fetched_from_the_same_GitHub_only(string api, string address, bool allowed) =>
        Assert.Equal(allowed, GitHubAddress.IsArchiveHost(new Uri(api), new Uri(address)));

    private static ListedEntry Listed(string path, string content) =>
        new(path, "100644", "blob", Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes($"blob {content.Length}\0{content}"))), content.Length);

    private static async Task<string?> ReadAsync(CommitFiles files, StoredFiles stored, TreeLimits limits, byte[] archive)
    {
        var reader = new ArchiveReader(files, stored, limits);
        await reader.ReadAsync(new MemoryStream(archive), Token);
        return reader.Stopped;
    }

    private static byte[] Archive(params (string Path, string Content)[] files) => Archive([], files);

    private static byte[] Archive(IEnumerable<TarEntry> first, params (string Path, string Content)[] files)
    {
        using var content = new MemoryStream();
        using (var zip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            foreach (var entry in first)
            {
                tar.WriteEntry(entry);
            }

            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return content.ToArray();
    }
}
