using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace SreAgent.Benchmarks;

/// <summary>An MCP server process, spoken to line by line, so that no client library is part of what is measured.</summary>
internal sealed class StdioServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _home;
    private readonly Task _drained;
    private int _id;

    private StdioServer(Process process, DirectoryInfo home)
    {
        _process = process;
        _home = home;
        // A full pipe would stop the server.
        _drained = process.StandardError.ReadToEndAsync();
    }

    public static StdioServer Start(ServerCommand command)
    {
        var home = Directory.CreateTempSubdirectory("sre-agent-benchmark");
        var start = Programs.Start(command, home);
        return new StdioServer(Process.Start(start) ?? throw new PrerequisiteMissingException($"{command.Program} could not be started."), home);
    }

    public async Task<JsonNode> ListToolsAsync(CancellationToken cancellationToken)
    {
        await RequestAsync("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}""", cancellationToken);
        await _process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return await RequestAsync("tools/list", "{}", cancellationToken);
    }

    public async Task<JsonNode> RequestAsync(string method, string parameters, CancellationToken cancellationToken)
    {
        var id = ++_id;
        await _process.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await _process.StandardInput.FlushAsync(cancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var message = JsonNode.Parse(line)!;
            if (message["method"] is null && message["id"]?.GetValue<int>() == id)
            {
                return message["result"] ?? throw new PrerequisiteMissingException($"{method} was answered with {message["error"]?.ToJsonString()}");
            }
        }

        throw new PrerequisiteMissingException($"The server ended before it answered {method}.");
    }

    /// <summary>The most memory the process has had resident so far, in MiB.</summary>
    public double PeakMemory()
    {
        var status = $"/proc/{_process.Id}/status";
        if (!File.Exists(status))
        {
            throw new PrerequisiteMissingException("peak memory is read from /proc, which this system does not have");
        }

        var line = File.ReadLines(status).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _drained;
        _process.Dispose();
        _home.Delete(recursive: true);
    }
}
