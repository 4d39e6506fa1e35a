using SreAgent.Host.Mcp.Resources;

namespace SreAgent.Host.Tests.Mcp;

public sealed class RunbookFoldersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sre-agent-runbooks");
    private readonly RunbookFolders _folders;
    private readonly string _root;

    public RunbookFoldersTests()
    {
        _root = _folder.CreateSubdirectory("root").FullName;
        _folders = new RunbookFolders([_root]);
        Write("root/checkout.md");
        Write("root/sub/cart.md");
        Write("secret.md");
        Write("root/key.pem");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("checkout.md")]
    [InlineData("sub/cart.md")]
    [InlineData("sub/../checkout.md")]
    public void A_file_inside_the_folder_is_found(string runbook) => Assert.NotNull(_folders.Find(runbook));

    [Theory]
    [InlineData("../secret.md")]
    [InlineData("sub/../../secret.md")]
    [InlineData("missing.md")]
    [InlineData("key.pem")]
    [InlineData("sub")]
    [InlineData("https://wiki.example/checkout.md")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_not(string? runbook) => Assert.Null(_folders.Find(runbook));

    [Fact]
    public void A_link_that_leads_out_of_the_folder_is_not_followed()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "leak.md"), Path.Combine(_folder.FullName, "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "up"), _folder.FullName);
        File.CreateSymbolicLink(Path.Combine(_root, "disguised.md"), Path.Combine(_root, "key.pem"));

        Assert.Null(_folders.Find("leak.md"));
        Assert.Null(_folders.Find("up/secret.md"));
        Assert.Null(_folders.Find("disguised.md"));
        Assert.Null(_folders.Find(Path.Combine(_root, "leak.md")));
    }

    [Fact]
    public void An_absolute_path_names_its_file_itself() => Assert.NotNull(_folders.Find(Path.Combine(_folder.FullName, "secret.md")));

    private void Write(string path)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "text");
    }
}
