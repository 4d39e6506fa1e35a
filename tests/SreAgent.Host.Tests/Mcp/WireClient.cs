using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>
/// Speaks the protocol by hand, so that a test can send what no decent client would and see the very order of what comes back. Every line
/// it reads must be JSON-RPC.
/// </summary>
internal sealed class WireClient(Stream input, Stream output, Task serving, string era) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(output);
    private readonly StreamWriter _writer = new(input) { AutoFlush = true, NewLine = "\n" };
    private int _id;

    /// <summary>Ends when the server has let go of the connection.</summary>
    public Task Serving => serving;

    public List<JsonObject> Received { get; } = [];

    /// <summary>Declared to the server: whether it may put a question to the user.</summary>
    public bool CanBeAsked { get; set; } = true;

    private bool HasHandshake => string.Equals(era, McpWorld.Handshake, StringComparison.Ordinal);

    private JsonObject Capabilities => CanBeAsked ? new JsonObject { ["elicitation"] = new JsonObject { ["form"] = new JsonObject() } } : [];

    private static JsonObject ClientInfo => new() { ["name"] = "wire", ["version"] = "1" };

    public async Task<JsonObject> CallAsync(string method, JsonObject parameters) => await AnswerToAsync(await SendAsync(method, parameters));

    public async Task<int> SendAsync(string method, JsonObject parameters)
    {
        if (HasHandshake && _id == 0)
        {
            var hello = new JsonObject { ["protocolVersion"] = era, ["capabilities"] = Capabilities, ["clientInfo"] = ClientInfo };
            await SendRawAsync(Request(++_id, "initialize", hello));
            await AnswerToAsync(_id);
            await NotifyAsync("notifications/initialized", []);
        }

        if (!HasHandshake)
        {
            var meta = parameters["_meta"] as JsonObject ?? [];
            meta["io.modelcontextprotocol/protocolVersion"] = era;
            meta["io.modelcontextprotocol/clientInfo"] = ClientInfo;
            meta["io.modelcontextprotocol/clientCapabilities"] = Capabilities;
            parameters["_meta"] = meta.DeepClone();
        }

        var id = ++_id;
        await SendRawAsync(Request(id, method, parameters));
        return id;
    }

    public Task NotifyAsync(string method, JsonObject parameters) =>
        SendRawAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters }.ToJsonString());

    public Task ReplyAsync(JsonNode id, JsonObject result) =>
        SendRawAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = result }.ToJsonString());

    public Task RefuseAsync(JsonNode id, string message) =>
        SendRawAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["error"] = new JsonObject { ["code"] = -32601, ["message"] = message } }.ToJsonString());

    public Task SendRawAsync(string line) => _writer.WriteLineAsync(line);

    /// <summary>Reads on until the answer to a request; what came before it is in <see cref="Received"/>.</summary>
    public Task<JsonObject> AnswerToAsync(int id) =>
        ReadUntilAsync(message => message["method"] is null && message["id"]?.GetValueKind() == JsonValueKind.Number && message["id"]!.GetValue<int>() == id);

    /// <summary>Reads on until the server asks or tells something.</summary>
    public Task<JsonObject> HearAsync(string method) => ReadUntilAsync(message => message["method"]?.GetValue<string>() == method);

    public ValueTask HangUpAsync() => input.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await input.DisposeAsync();
        _reader.Dispose();
    }

    private static string Request(int id, string method, JsonObject parameters) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters.DeepClone() }.ToJsonString();

    private async Task<JsonObject> ReadUntilAsync(Predicate<JsonObject> wanted)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken) ?? throw new EndOfStreamException("The server closed the connection.");
            var message = JsonNode.Parse(line)!.AsObject();
            Assert.Equal("2.0", message["jsonrpc"]!.GetValue<string>());
            Received.Add(message);
            if (wanted(message))
            {
                return message;
            }
        }
    }
}
