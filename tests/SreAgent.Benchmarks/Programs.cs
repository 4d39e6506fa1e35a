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
            // Every integration there is, so that the whole catalogue is listed; listing opens no connection.
            ["SREAGENT__Integrations__Prometheus__BaseUrl"] = prometheus,
            ["SREAGENT__Integrations__Prometheus__Environment"] = "practice",
            ["SREAGENT__Integrations__Alertmanager__BaseUrl"] = "http://127.0.0.1:9",
            ["SREAGENT__Integrations__Alertmanager__Environment"] = "practice",
        });
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
internal sealed record ServerCommand(string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
