using SreAgent.Core.Audit;

namespace SreAgent.Host.Tests.Commands;

public sealed class AuditTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task An_export_can_be_verified_without_the_store()
    {
        var host = await RecordedAsync();
        await host.RunAsync("audit", "export");
        await File.WriteAllTextAsync(_file, host.Console.Said);

        Assert.Equal(0, await new HostDriver { ComposingFails = new InvalidOperationException("no store here") }.RunAsync("audit", "verify", _file));
    }

    [Fact]
    public async Task A_changed_word_breaks_the_chain_where_it_was_changed()
    {
        var host = await RecordedAsync();
        await host.RunAsync("audit", "export");
        await File.WriteAllTextAsync(_file, host.Console.Said.Replace("reason 2", "reason two", StringComparison.Ordinal));

        Assert.Equal(1, await host.RunAsync("audit", "verify", _file, "--json"));
        Assert.Equal("""{"entries":2,"ok":false,"brokenAt":2}""", host.Console.Said.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_no_entry_breaks_it_too()
    {
        await File.WriteAllTextAsync(_file, "not json\n");

        Assert.Equal(1, await new HostDriver().RunAsync("audit", "verify", _file));
    }

    [Fact]
    public async Task The_store_is_verified_whole()
    {
        var host = await RecordedAsync();

        Assert.Equal(0, await host.RunAsync("audit", "verify", "--json"));
        Assert.Equal(3, host.Json().GetProperty("entries").GetInt64());
        Assert.True(host.Json().GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("changes approve chg-7k2m9qx4ht", 4)]
    [InlineData("changes halt --reason fire", 1)]
    [InlineData("changes unhalt", 1)]
    public async Task Without_a_terminal_nothing_is_even_composed(string commandLine, int wanted)
    {
        var host = new HostDriver();

        Assert.Equal(wanted, await host.RunAsync(new Terminal.CapturedConsole("checkout-prod\nunhalt\n"), commandLine.Split(' ')));
        Assert.Null(host.Composed);
        Assert.Contains("terminal", host.Console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halting_takes_one_command_and_lifting_it_a_word()
    {
        var host = new HostDriver();
        await host.RunAsync(new Terminal.CapturedConsole(terminal: new Terminal.ScriptedTerminal()), "changes", "halt", "--reason", "fire");
        Assert.True(host.Record.Stopped);

        var terminal = new Terminal.ScriptedTerminal();
        var lifting = host.RunAsync(new Terminal.CapturedConsole(terminal: terminal), "changes", "unhalt");
        await terminal.ShowsAsync("\n>");
        terminal.Enter("unhalt");

        Assert.Equal(0, await lifting);
        Assert.False(host.Record.Stopped);
        Assert.Equal([AuditKind.KillSwitch, AuditKind.KillSwitch], host.Record.Entries.Select(entry => entry.Record.Kind));
    }

    [Fact]
    public async Task A_secret_in_the_reason_of_a_halt_does_not_reach_the_record()
    {
        // Shaped like a token, belongs to nobody.
        const string Token = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345";
        var host = new HostDriver();

        await host.RunAsync(new Terminal.CapturedConsole(terminal: new Terminal.ScriptedTerminal()), "changes", "halt", "--reason", $"leaked {Token}");

        Assert.Contains("[redacted:github-token]", Assert.Single(host.Record.Entries).Record.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private static async Task<HostDriver> RecordedAsync()
    {
        var host = new HostDriver();
        for (var i = 1; i <= 3; i++)
        {
            var record = new AuditRecord(DateTimeOffset.UnixEpoch.AddSeconds(i), AuditKind.Intent, "os:ada", "sre", "production", "fly_deploy", $"call-{i}", $$"""{"why":"reason {{i}} \u00e9"}""");
            await host.Record.AppendAsync(record, durable: true, CancellationToken.None);
        }

        return host;
    }
}
