using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Actors;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Host.Mcp;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Tools;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>The MCP server over practice ports, and clients of either protocol era on pipes to it.</summary>
internal sealed class McpWorld : IAsyncDisposable
{
    public const string Handshake = "2025-11-25";
    public const string Stateless = "2026-07-28";

    private readonly List<(Task Serving, CancellationTokenSource Stop)> _connections = [];
    private readonly List<IAsyncDisposable> _clients = [];

    public McpWorld(TimeProvider? clock = null)
    {
        Clock = clock ?? TimeProvider.System;
        Catalogue = new ToolCatalogue([.. ToolFactory.From(Tools), .. ToolFactory.From(new OtherTools())]);
        Guardrail = new PracticeGuardrail(Catalogue, Clock);
        Services = new ServiceCollection()
            .AddSingleton(Clock)
            .AddSingleton<IToolInvoker>(Guardrail)
            .AddSingleton<IApprovalDesk>(Guardrail)
            .AddSingleton<IPolicySource>(Guardrail)
            .AddSingleton<IPersonaCatalogue>(Library)
            .AddSingleton<ISkillCatalogue>(Library)
            .AddSingleton<IServiceCatalogue>(Library)
            .AddSingleton(ShippedPrompt.Over(Library, Library))
            .AddSingleton<IResultStore>(Guardrail.Results)
            .AddSingleton<IConversationStore>(Conversations)
            .BuildServiceProvider();
    }

    public TimeProvider Clock { get; }

    public PracticeTools Tools { get; } = new();

    public ToolCatalogue Catalogue { get; }

    public PracticeGuardrail Guardrail { get; }

    public InMemoryConversationStore Conversations { get; } = new();

    public PracticeLibrary Library { get; } = new();

    public ServiceProvider Services { get; }

    public static Actor Caller { get; } = OperatingSystemActor.Current(Surface.Mcp);

    public static string User => Caller.Id;

    /// <summary>The protocol library's own client.</summary>
    public async Task<McpClient> ClientAsync(
        string era = Stateless, Func<ElicitRequestParams?, ElicitResult>? ask = null, McpServeOptions? options = null)
    {
        var (input, output, _) = Connect(options);
        var clientOptions = new McpClientOptions { ProtocolVersion = era, ClientInfo = new Implementation { Name = "test-client", Version = "1" } };
        if (ask is not null)
        {
            clientOptions.Handlers = new McpClientHandlers { ElicitationHandler = (question, _) => ValueTask.FromResult(ask(question)) };
            clientOptions.Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new FormElicitationCapability() } };
        }

        var client = await McpClient.CreateAsync(new StreamClientTransport(input, output), clientOptions, cancellationToken: TestContext.Current.CancellationToken);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client that writes its own lines.</summary>
    public WireClient Wire(string era = Stateless, bool canBeAsked = true)
    {
        var (input, output, serving) = Connect(options: null);
        var client = new WireClient(input, output, serving, era) { CanBeAsked = canBeAsked };
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var (serving, stop) in _connections)
        {
            await stop.CancelAsync();
            await serving;
            stop.Dispose();
        }

        await Services.DisposeAsync();
    }

    private (Stream Input, Stream Output, Task Serving) Connect(McpServeOptions? options)
    {
        options ??= new McpServeOptions("ada", [], ReadOnly: false);
        // Large enough that neither end waits for the other to read: a test reads when it wants to.
        var roomy = new PipeOptions(pauseWriterThreshold: 64 << 20, resumeWriterThreshold: 32 << 20);
        var toServer = new Pipe(roomy);
        var toClient = new Pipe(roomy);
        var surface = new McpSurface(Services, McpCaller.Of(Library, options, settings: null, Caller));
        var stop = new CancellationTokenSource();
        var serving = McpServe.ServeAsync(surface.ServerOptions(), toServer.Reader.AsStream(), toClient.Writer.AsStream(), Services, stop.Token);
        _connections.Add((serving, stop));
        return (toServer.Writer.AsStream(), toClient.Reader.AsStream(), serving);
    }
}
