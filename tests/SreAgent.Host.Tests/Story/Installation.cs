using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host.Composition;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Lab.Servers;

namespace SreAgent.Host.Tests.Story;

/// <summary>An installation with a home of its own, run in process or as a real process, with nothing in it faked.</summary>
internal sealed class Installation : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sre-agent.dll");

    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal)
    {
        ["Agent:DefaultPersona"] = "sre",
        ["Guardrails:DefaultEnvironment"] = "practice",
        ["Guardrails:Environments:practice:Approvers:0"] = "os:*",
        ["Guardrails:Environments:practice:AllowSelfApproval"] = "true",
    };

    private string? _path;

    public Installation() => _settings["Store:Path"] = Path.Combine(Home, "store.db");

    public string Home { get; } = Directory.CreateTempSubdirectory("sre-agent-story-").FullName;

    public Installation With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    public Installation Watching(Uri prometheus) => With("Integrations:Prometheus:BaseUrl", prometheus.ToString());

    public Installation Silencing(Uri alertmanager) => With("Integrations:Alertmanager:BaseUrl", alertmanager.ToString());

    /// <summary>Real processes started from here on find these programs and no others.</summary>
    public Installation OnPathOnly(params string[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Home, "bin")).FullName;
        foreach (var program in programs)
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), ServerBinary.OnPath(program) ?? throw new InvalidOperationException($"{program} is not on PATH."));
        }

        _path = folder;
        return this;
    }

    /// <summary>Runs a verb in process.</summary>
    public async Task<(int Status, CapturedConsole Console)> RunAsync(ScriptedTerminal? terminal, params string[] arguments)
    {
        var console = new CapturedConsole("", terminal);
        var status = await SreAgentHost.RunAsync(arguments, console, _ => Compose());
        return (status, console);
    }

    /// <summary>Everything a process of this installation is made of, under the settings the real executable reads as well: another policy is no policy to approve under.</summary>
    public ServiceProvider Compose()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"));
        return new ServiceCollection().AddSreAgent(shipped.AddInMemoryCollection(_settings).Build()).BuildServiceProvider();
    }

    /// <summary>What a verb prints with <c>--json</c>.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) =>
        JsonElement.Parse((await RunAsync(terminal: null, [.. arguments, "--json"])).Console.Said);

    public async Task<(int Status, JsonElement Answer)> AskAsync(string text)
    {
        var (status, console) = await RunAsync(terminal: null, "ask", text, "--json");
        return (status, JsonElement.Parse(console.Said));
    }

    /// <summary>Calls one tool as a person does by hand, through the guardrail.</summary>
    public async Task<(int Status, JsonElement Answer)> CallAsync(string tool, object arguments)
    {
        var (status, console) = await RunAsync(terminal: null, "tools", "call", tool, "--args", JsonSerializer.Serialize(arguments), "--json");
        Assert.True(console.Said.Length > 0, console.Complained);
        return (status, JsonElement.Parse(console.Said));
    }

    /// <summary>A person at a terminal reads a change, types the phrase, and sees it run.</summary>
    public async Task<int> ApproveAsync(string id)
    {
        var terminal = new ScriptedTerminal { Width = 160 };
        var approving = Task.Run(() => RunAsync(terminal, "changes", "approve", id));
        await terminal.TypePhraseAsync();
        return (await approving).Status;
    }

    public async Task<JsonElement> ShowAsync(string id) => JsonElement.Parse((await RunAsync(terminal: null, "changes", "show", id, "--json")).Console.Said);

    /// <summary>Starts the real executable, which is told all it will ever be; whoever asked reads, kills or waits.</summary>
    public Process Start(string input, params string[] arguments)
    {
        var process = Open(arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Starts the real executable, and leaves its standard input open.</summary>
    public Process Open(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = Home;
        start.Environment["XDG_CONFIG_HOME"] = Home;
        if (_path is not null)
        {
            start.Environment["PATH"] = _path;
            start.Environment["XDG_CACHE_HOME"] = Home;
        }

        foreach (var (setting, value) in _settings)
        {
            start.Environment["SREAGENT__" + setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!; // never null without UseShellExecute
    }

    public static async Task<(int Status, string Said, string Complained)> FinishAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var complained = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await said, await complained);
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
