using System.Runtime.Versioning;
using SreAgent.Core.Redaction;
using SreAgent.Host.Terminal.Editing;

namespace SreAgent.Host.Tests.Terminal;

public sealed class InputHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-history").FullName;

    private string File => Path.Combine(_folder, "state", "history");

    [Fact]
    public void What_was_typed_comes_back_in_the_next_session()
    {
        var first = new InputHistory(File, Redactor.WithoutConfiguredValues, 100);
        first.Add("one");
        first.Add("two\nlines");
        first.Add("two\nlines");

        Assert.Equal(["one", "two\nlines"], new InputHistory(File, Redactor.WithoutConfiguredValues, 100).Entries);
    }

    [Fact]
    public void Secrets_are_never_written()
    {
        new InputHistory(File, new Redactor(["hunter2hunter2"]), 100).Add("use hunter2hunter2 and ghp_abcdefghijklmnopqrstuvwxyz0123456789");

        Assert.Equal("\"use [redacted:configured] and [redacted:github-token]\"\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_can_read_it()
    {
        new InputHistory(File, Redactor.WithoutConfiguredValues, 100).Add("one");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_the_memory_only()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "state"), "a file where the folder should be");
        var history = new InputHistory(File, Redactor.WithoutConfiguredValues, 100);
        history.Add("one");

        Assert.Equal(["one"], history.Entries);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
