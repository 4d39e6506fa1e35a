using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SreAgent.Benchmarks;

/// <summary>The programs that are compared, and how each is started as an MCP server.</summary>
internal static class Programs
{
    private static readonly string Root = FindRoot();

    /// <summary>The ReadyToRun build: <c>SRE_AGENT_PUBLISHED</c>, or where <c>dotnet publish</c> puts it.</summary>
    public static ServerCommand Agent(string prometheus = "http://127.0.0.1:9")
    {
        var folder = System.Environment.GetEnvironmentVariable("SRE_AGENT_PUBLISHED")
            ?? Path.Combine(Root, "artifacts", "publish", "SreAgent.Host", $"release_{RuntimeInformation.RuntimeIdentifier}");
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "sre-agent.exe" : "sre-agent");
        if (!File.Exists(program))
        {
            throw new PrerequisiteMissingException(
                $"{program} is not there. Make it: dotnet publish src/SreAgent.Host -c Release -r {RuntimeInformation.RuntimeIdentifier} --no-self-contained -p:PublishReadyToRun=true");
        }

        return new ServerCommand("sre-agent", program, ["mcp"], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Every integration there is, so that the whole catalogue is listed; listing opens no connection and writes nothing.
            ["SREAGENT__Integrations__Prometheus__BaseUrl"] = prometheus,
            ["SREAGENT__Integrations__Prometheus__Environment"] = "practice",
            ["SREAGENT__Integrations__Alertmanager__BaseUrl"] = "http://127.0.0.1:9",
            ["SREAGENT__Integrations__Alertmanager__Environment"] = "practice",
            ["SREAGENT__Integrations__Fly__Token"] = "fly-token-of-nobody",
            ["SREAGENT__Integrations__Fly__Environment"] = "practice",
            ["SREAGENT__Integrations__GitHub__Token"] = "github-token-of-nobody",
            ["SREAGENT__Integrations__GitHub__Environment"] = "practice",
            ["SREAGENT__Integrations__Grafana__BaseUrl"] = "http://127.0.0.1:9",
            ["SREAGENT__Integrations__Grafana__Environment"] = "practice",
            ["SREAGENT__Integrations__Git__Root"] = Path.Combine(Path.GetTempPath(), "sre-agent-benchmark-git"),
            ["SREAGENT__Integrations__Git__Repositories__checkout__Url"] = "https://127.0.0.1:9/checkout.git",
            ["SREAGENT__Integrations__Git__Environment"] = "practice",
        });
    }

    /// <summary>What <c>dotnet build</c> makes. Absent when it has not been built.</summary>
    public static string? DebugAgent() =>
        Path.Combine(Root, "artifacts", "bin", "SreAgent.Host", "debug", "sre-agent") is var program && File.Exists(program) ? program : null;

    /// <summary>A process with redirected streams and a home folder of its own.</summary>
    public static ProcessStartInfo Start(ServerCommand command, DirectoryInfo home)
    {
        var start = new ProcessStartInfo(command.Program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.FullName,
        };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in new[] { "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME" })
        {
            start.Environment[variable] = home.FullName;
        }

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static ServerCommand Everything()
    {
        var script = Path.Combine(Root, "tests", "peers", "node_modules", "@modelcontextprotocol", "server-everything", "dist", "index.js");
        if (!File.Exists(script))
        {
            throw new PrerequisiteMissingException("@modelcontextprotocol/server-everything is not installed. Get it: npm ci --prefix tests/peers");
        }

        return new ServerCommand("server-everything", "node", [script, "stdio"], new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>Absent when no folder of the search path holds it.</summary>
    public static string? OnPath(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SreAgent.sln")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}

/// <param name="Name">As it is shown.</param>
/// <param name="Environment">Added to a minimal environment with a home folder of its own.</param>
internal sealed record ServerCommand(string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>How it ends when all went well.</summary>
    public int Expected { get; init; }
}
