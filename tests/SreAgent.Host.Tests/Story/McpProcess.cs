using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace SreAgent.Host.Tests.Story;

/// <summary>The real <c>sre-agent mcp</c>, and the protocol library's own client on its standard input and output.</summary>
internal sealed class McpProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly McpClient _client;

    private McpProcess(Process process, McpClient client)
    {
        _process = process;
        _client = client;
    }

    /// <param name="installation">Whose settings it has.</param>
    /// <param name="answer">Types what a human at the client types. Is asked only if the server puts a question.</param>
    public static async Task<McpProcess> StartAsync(Installation installation, Func<ElicitRequestParams, ElicitResult> answer)
    {
        var process = installation.Open("mcp");
        process.ErrorDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage("sre-agent mcp: {0}", line.Data ?? "");
        process.BeginErrorReadLine();
        var options = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "story", Version = "1" },
            Handlers = new McpClientHandlers { ElicitationHandler = (question, _) => ValueTask.FromResult(answer(question!)) }, // The server sends one with every question.
            Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new FormElicitationCapability() } },
        };
        var transport = new StreamClientTransport(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        return new McpProcess(process, await McpClient.CreateAsync(transport, options, cancellationToken: TestContext.Current.CancellationToken));
    }

    /// <summary>Answers with the phrase the question asks for.</summary>
    public static ElicitResult Phrase(ElicitRequestParams question) => new()
    {
        Action = "accept",
        Content = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["phrase"] = JsonSerializer.SerializeToElement(question.Message.Split("type: ")[^1].Split('\n')[0].Trim()),
        },
    };

    public async Task<JsonElement> CallAsync(string tool, object arguments)
    {
        var fields = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(field => field.Name, field => (object?)field.Value, StringComparer.Ordinal);
        var result = await _client.CallToolAsync(tool, fields, cancellationToken: TestContext.Current.CancellationToken);
        var text = Assert.IsType<TextContentBlock>(result.Content[0]).Text;
        return text.TrimStart().StartsWith('{') ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(text);
    }

    /// <summary>As the kernel does it when memory runs out: nothing in the process learns of it.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
