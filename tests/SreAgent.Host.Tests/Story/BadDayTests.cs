using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SreAgent.Testing.Http;
using SreAgent.Testing.Servers;

namespace SreAgent.Host.Tests.Story;

/// <summary>What a person sees when things are missing, slow, full or killed.</summary>
public sealed class BadDayTests(RealPrometheus prometheus) : IDisposable
{
    private readonly Installation _installation = new();

    [Fact]
    public async Task A_prometheus_that_refuses_connections_is_named_with_what_to_do()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePort()}/");

        var (status, answer) = await _installation.Watching(nobody).AskAsync("query up");

        Assert.Equal(3, status);
        var explanation = answer.GetProperty("toolCalls")[0].GetProperty("explanation").GetString();
        Assert.Contains(nobody.Authority, explanation, StringComparison.Ordinal);
        Assert.Contains("refused", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prometheus_that_is_too_slow_is_given_up_on_in_time()
    {
        await using var slow = LoopbackStub.Doing((_, _, token) => Task.Delay(Timeout.Infinite, token));

        var (status, answer) = await _installation.Watching(slow.Address).With("Integrations:Prometheus:TimeoutSeconds", "1").AskAsync("query up");

        Assert.Equal(3, status);
        Assert.Contains("1 s", answer.GetProperty("toolCalls")[0].GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_listed_all_at_once_and_nothing_starts()
    {
        var process = _installation.With("Guardrails:Mode", "maybe").With("Integrations:Prometheus:BaseUrl", "not a url").With("Agent:MaxSteps", "-1").Start("", "mcp");

        var (status, said, complained) = await Installation.FinishAsync(process);

        Assert.Equal(2, status);
        Assert.Equal("", said);
        Assert.Contains("Guardrails:Mode", complained, StringComparison.Ordinal);
        Assert.Contains("Integrations:Prometheus:BaseUrl", complained, StringComparison.Ordinal);
        Assert.Contains("Agent:MaxSteps", complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_home_that_cannot_be_written_stops_everything_and_says_which_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc, which nobody can write to, is a Linux matter.");
        _installation.Watching((await prometheus.ServerAsync()).Address).With("Store:Path", "/proc/sre-agent/store.db");

        var (status, console) = await _installation.RunAsync(terminal: null, "tools", "call", "prometheus_query", "--args", """{"query":"up"}""");

        Assert.NotEqual(0, status);
        Assert.Contains("/proc/sre-agent", console.Said + console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_cut_off_by_kill_9_is_gone_on_with()
    {
        var asked = new TaskCompletionSource();
        await using var hanging = LoopbackStub.Doing((_, _, token) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        });
        _installation.Watching(hanging.Address);
        using (var doomed = _installation.Start("query sum(up)\n", "chat"))
        {
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
            doomed.Kill();
            await doomed.WaitForExitAsync();
        }

        _installation.Watching((await prometheus.ServerAsync()).Address);
        using var resumed = _installation.Start("query count(up)\n", "chat", "--resume");
        var (status, said, complained) = await Installation.FinishAsync(resumed);

        Assert.Equal(0, status);
        Assert.Contains("Interrupted before it finished", said + complained, StringComparison.Ordinal);
        Assert.Contains("count(up)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonsense_is_answered_kindly_and_is_no_failure_of_the_program()
    {
        var (status, answer) = await _installation.Watching((await prometheus.ServerAsync()).Address).AskAsync("fnord \u001b[31m\u202e'; drop table audit; --");

        Assert.Equal(0, status);
        Assert.Contains("I do not understand that", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_are_refused_and_lose_nothing()
    {
        _installation.Watching((await prometheus.ServerAsync()).Address);
        var file = Path.Combine(_installation.Home, "arguments.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { query = new string('x', 10_000_000) }));

        var (status, console) = await _installation.RunAsync(terminal: null, "tools", "call", "prometheus_query", "--args", await File.ReadAllTextAsync(file));

        Assert.Equal(2, status);
        Assert.Contains("262,144", console.Said + console.Complained, StringComparison.Ordinal);
        Assert.Equal(0, (await _installation.RunAsync(terminal: null, "audit", "verify")).Status);
    }

    public void Dispose() => _installation.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
