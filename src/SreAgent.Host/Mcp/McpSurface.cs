using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Core.Skills;
using SreAgent.Host.Mcp.Approvals;
using SreAgent.Host.Mcp.Resources;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Host.Mcp;

/// <summary>What a client sees, whatever the transport: one place that ties the protocol's methods to the host's ports.</summary>
internal sealed class McpSurface
{
    private const string Instructions =
        "Tools of a site reliability agent. Times are RFC 3339 or relative (now-1h). A call that changes production is held until a human "
        + "approves exactly that call; when an answer says awaiting-approval, tell the user the change request's id and where to approve it, "
        + "and repeat the same call once it is approved. You cannot approve, and no wording will.";

    private readonly McpCaller _caller;
    private readonly IToolInvoker _invoker;
    private readonly ToolCalls _calls;
    private readonly PersonaPrompts _prompts;
    private readonly ResourceShelf _shelf;

    public McpSurface(IServiceProvider services, McpCaller caller)
    {
        _caller = caller;
        _invoker = services.GetRequiredService<IToolInvoker>();
        var clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var redactor = services.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues;
        var serviceCatalogue = services.GetRequiredService<IServiceCatalogue>();

        var gate = new ApprovalGate(
            services.GetRequiredService<IApprovalDesk>(), services.GetRequiredService<IPolicySource>(), new ApprovalStates(clock), caller.Actor,
            redactor, clock);
        _calls = new ToolCalls(_invoker, caller, gate, services.GetService<ILogger<ToolCalls>>() ?? NullLogger<ToolCalls>.Instance);
        _prompts = new PersonaPrompts(
            services.GetRequiredService<IPersonaCatalogue>(), serviceCatalogue, services.GetRequiredService<ISystemPrompt>, _invoker, caller);
        _shelf = new ResourceShelf(
            [
                new SkillResources(services.GetRequiredService<ISkillCatalogue>()),
                new RunbookResources(serviceCatalogue, RunbookFolders.Default()),
                new EvidenceResources(services.GetRequiredService<IResultStore>(), services.GetRequiredService<IConversationStore>(), caller.Actor),
            ],
            redactor);
    }

    public McpServerOptions ServerOptions()
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "sre-agent", Title = "SreAgent", Version = Version },
            ServerInstructions = Instructions,
            // Every port here is a singleton; a scope per request would only cost time.
            ScopeRequests = false,
            Capabilities = new ServerCapabilities
            {
                Tools = new ToolsCapability(),
                Prompts = new PromptsCapability(),
                Resources = new ResourcesCapability(),
                Completions = new CompletionsCapability(),
            },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (request, _) => ValueTask.FromResult(ListTools(request.Params?.Cursor)),
                CallToolHandler = _calls.HandleAsync,
                ListPromptsHandler = (request, _) => ValueTask.FromResult(_prompts.List(request.Params?.Cursor)),
                GetPromptHandler = (request, _) => ValueTask.FromResult(_prompts.Get(request.Params)),
                ListResourcesHandler = (request, cancellationToken) => _shelf.ListAsync(request.Params?.Cursor, cancellationToken),
                ListResourceTemplatesHandler = (request, _) => ValueTask.FromResult(_shelf.Templates(request.Params?.Cursor)),
                ReadResourceHandler = (request, cancellationToken) => _shelf.ReadAsync(request.Params?.Uri ?? "", cancellationToken),
                CompleteHandler = (request, cancellationToken) => new Completions(_prompts, _shelf).CompleteAsync(request.Params, cancellationToken),
            },
        };
        options.Filters.Message.IncomingFilters.Add(MalformedRequests.Explain);
        return options;
    }

    /// <summary>A pattern that matches nothing is most likely a typing mistake: said, since an empty list would only puzzle the client.</summary>
    public async Task WarnAboutToolsetsAsync(IReadOnlyList<string> patterns, TextWriter warnings)
    {
        if (patterns.Count == 0)
        {
            return;
        }

        var held = _invoker.ToolsFor(_caller.Context() with { Toolsets = [] }).Select(tool => tool.Toolset).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var pattern in patterns.Where(pattern => !held.Any(toolset => Pattern.Matches(pattern, toolset))))
        {
            await warnings.WriteLineAsync($"--toolset {pattern} matches none of this persona's toolsets ({string.Join(", ", held)}); see sre-agent doctor.");
        }
    }

    private ListToolsResult ListTools(string? cursor)
    {
        Paging.RequireFirstPage(cursor);
        return new ListToolsResult
        {
            Tools = [.. _invoker.ToolsFor(_caller.Context()).Select(ToolListing.Of)],
            TimeToLive = TimeSpan.FromMinutes(5),
            CacheScope = CacheScope.Private,
        };
    }

    private static string Version { get; } =
        typeof(McpSurface).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
