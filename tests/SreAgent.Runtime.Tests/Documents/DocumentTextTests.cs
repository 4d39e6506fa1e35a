using System.Text;
using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Documents;

public sealed class DocumentTextTests : IDisposable
{
    private readonly DocumentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Line_ends_and_byte_order_mark_do_not_matter() =>
        Assert.Equal("a\nb\nc", DocumentText.Decode([.. Encoding.UTF8.Preamble, .. "a\r\nb\rc"u8]).Text);

    [Fact]
    public void Invalid_utf8_is_replaced_and_reported_with_its_line()
    {
        var text = DocumentText.Decode([.. "name\nb"u8, 0xC3, 0x28, .. "\n"u8]);

        Assert.StartsWith("name\nb", text.Text);
        Assert.Equal((2, ProblemSeverity.Warning), (text.Problems[0].Line, text.Problems[0].Severity));
    }

    [Fact]
    public void Binary_is_refused() => Refused(_tree.Write("a.md", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0, 1]), "NUL");

    [Fact]
    public void Utf16_is_refused_with_advice() => Refused(_tree.Write("a.md", Encoding.Unicode.GetBytes("name: kai")), "Save it as UTF-8");

    [Fact]
    public void Empty_and_blank_files_are_refused()
    {
        Refused(_tree.Write("a.md", ""), "empty");
        Refused(_tree.Write("b.md", " \n\t\r\n"), "empty");
    }

    [Fact]
    public void Ten_megabytes_are_refused_without_being_read() =>
        Refused(_tree.Write("a.md", new byte[10 * 1024 * 1024]), "10,485,760 bytes; at most 1,048,576");

    [Fact]
    public void A_missing_file_is_a_value() => Refused(_tree.Path("none.md"), "does not exist");

    [Fact]
    public void A_folder_is_no_file() => Refused(_tree.Folder, "does not exist");

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        _tree.Link("a.md", _tree.Path("b.md"));
        _tree.Link("b.md", _tree.Path("a.md"));

        Assert.Null(DocumentText.Read(_tree.Path("a.md")).Text);
    }

    [Fact]
    public void A_device_is_never_opened()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero on this system");

        Refused(_tree.Link("a.md", "/dev/zero"), "empty");
    }

    [Fact]
    public void A_file_that_may_not_be_read_says_so()
    {
        Assert.SkipWhen(Environment.UserName == "root", "file permissions do not bind root");
        var path = _tree.Write("a.md", "text");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are a Unix matter");
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Refused(path, "cannot be read");
    }

    private static void Refused(string path, string why)
    {
        var text = DocumentText.Read(path);

        Assert.Null(text.Text);
        var problem = Assert.Single(text.Problems);
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.Contains(why, problem.Message);
    }
}
