using System.Diagnostics;
using System.Globalization;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab.Tests;

public sealed class ServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-lab-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_that_does_not_start_leaves_its_last_words()
    {
        var binary = await PrometheusServer.FindAsync(new Progress<string>(), Token);
        Assert.SkipWhen(binary is ServerBinary.Unavailable, (binary as ServerBinary.Unavailable)?.Reason ?? "");

        var fault = await Assert.ThrowsAsync<ServerUnavailableException>(
            () => PrometheusServer.StartAsync(new PrometheusSetup("scrape_configs: 42"), new Progress<string>(), Token));

        Assert.Contains("cannot unmarshal !!int `42`", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_ends_when_the_process_that_started_it_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The leash is a shell script; on Windows a server ends on dispose only.");

        // The owner is a shell that starts a server on the leash, holding the other end of its input, and is then killed.
        var pidFile = Path.Combine(_folder, "pid");
        var server = ServerProcess.CommandFor("/bin/sh", ["-c", $"echo $$ > {pidFile}.new; mv {pidFile}.new {pidFile}; exec sleep 600"]);
        var input = Path.Combine(_folder, "input");
        using var owner = Start("/bin/sh", "-c", $"mkfifo {input}; \"$@\" <{input} & exec 9>{input}; wait", "sh", server);
        while (!File.Exists(pidFile))
        {
            await Task.Delay(20, Token);
        }

        using var running = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pidFile, Token), CultureInfo.InvariantCulture));
        owner.Kill();

        await running.WaitForExitAsync(Token);
        Assert.True(running.HasExited);
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_says_so_and_leaves_nothing_half_done()
    {
        var package = new DebianPackage("no-such-package-of-ours", "no-such-program", _folder);

        var unavailable = Assert.IsType<ServerBinary.Unavailable>(await package.ObtainAsync(new Progress<string>(), Token));

        Assert.StartsWith("no-such-program is not on PATH", unavailable.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder), entry => Path.GetFileName(entry).Contains("no-such", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Those_who_fetch_into_one_folder_take_turns()
    {
        var progress = new List<string>();
        var first = await FetchTurn.TakeAsync(_folder, new Reports(progress), Token);
        var second = FetchTurn.TakeAsync(_folder, new Reports(progress), Token);
        await Task.WhenAny(second, Task.Delay(500, Token));
        Assert.False(second.IsCompleted);

        first.Dispose();

        (await second).Dispose();
        Assert.Equal([$"Another process is fetching into {_folder}; waiting for it..."], progress);
    }

    [Fact]
    public async Task What_another_process_fetched_meanwhile_is_not_fetched_again()
    {
        Assert.SkipUnless(ServerBinary.OnPath("apt-get") is not null && ServerBinary.OnPath("dpkg") is not null, "Nothing is fetched on this system.");
        var progress = new List<string>();
        var turn = await FetchTurn.TakeAsync(_folder, new Reports(progress), Token);
        var obtaining = new DebianPackage("no-such-package-of-ours", "no-such-program", _folder).ObtainAsync(new Reports(progress), Token);

        var folder = Directory.CreateDirectory(Path.Combine(_folder, "no-such-package-of-ours", "usr", "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "no-such-program"), "", Token);
        turn.Dispose();

        Assert.IsType<ServerBinary.Found>(await obtaining);
        Assert.DoesNotContain(progress, line => line.Contains("Downloading", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prometheus")]
    [InlineData("prometheus-alertmanager")]
    public async Task A_program_is_obtained_from_its_package_without_installing_it(string program)
    {
        var progress = new List<string>();
        var package = new DebianPackage(program, program, _folder);

        var obtained = await package.ObtainAsync(new Reports(progress), Token);

        Assert.SkipWhen(obtained is ServerBinary.Unavailable, (obtained as ServerBinary.Unavailable)?.Reason ?? "");
        var (code, output) = await Command.RunAsync(Assert.IsType<ServerBinary.Found>(obtained).Path, ["--version"], _folder, Token);
        Assert.True(code == 0, output);
        Assert.Contains(progress, line => line.Contains("nothing is installed", StringComparison.Ordinal));
        Assert.Equal(obtained, await package.ObtainAsync(new Reports(progress), Token));
    }

    [Fact]
    public async Task An_Alertmanager_that_is_only_unpacked_finds_its_templates()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && await AlertmanagerServer.CanHaveOwnViewAsync(Token), "This system allows no private file system views, so Alertmanager has to be installed.");
        var obtained = await new DebianPackage("prometheus-alertmanager", "prometheus-alertmanager", _folder).ObtainAsync(new Progress<string>(), Token);
        Assert.SkipWhen(obtained is ServerBinary.Unavailable, (obtained as ServerBinary.Unavailable)?.Reason ?? "");

        await using var server = await AlertmanagerServer.StartAsync(Assert.IsType<ServerBinary.Found>(obtained), Token);

        Assert.True(server.Address.Port > 0);
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false }) ?? throw new InvalidOperationException($"{program} did not start.");

    private static Process Start(string program, string option, string script, string name, string[] server) => Start(program, [option, script, name, .. server]);

    private sealed class Reports(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
