using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace SreAgent.Host.Mcp;

/// <summary>
/// Plays a client's first questions to an empty server in memory. What the protocol library does but once - build its JSON contracts, have
/// its code compiled - then happens on another core while the services are composed, and not while a client waits for its first answer.
/// </summary>
internal static class McpRehearsal
{
    private static ReadOnlySpan<byte> Opening =>
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"rehearsal","version":"0"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}

        """u8;

    /// <summary>Ends by itself, and nothing depends on it: one that fails costs only the time it would have saved.</summary>
    public static Task RunAsync(CancellationToken cancellationToken) =>
        Task.Run(() => McpServe.ServeAsync(Server(), new MemoryStream(Opening.ToArray()), Stream.Null, services: null, cancellationToken), cancellationToken);

    private static McpServerOptions Server() => new()
    {
        ServerInfo = new Implementation { Name = "rehearsal", Version = "0" },
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers { ListToolsHandler = (_, _) => ValueTask.FromResult(Tools()) },
    };

    private static ListToolsResult Tools() => new()
    {
        Tools = [new Tool { Name = "rehearse", InputSchema = JsonElement.Parse("""{"type":"object"}"""u8), Annotations = new ToolAnnotations { ReadOnlyHint = true } }],
    };
}
