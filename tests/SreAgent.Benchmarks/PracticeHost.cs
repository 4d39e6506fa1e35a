using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using SreAgent.Core.Tools;
using SreAgent.Host.Commands.Tools;
using SreAgent.Host.Composition;
using SreAgent.Lab;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Tools;

namespace SreAgent.Benchmarks;

/// <summary>The host as it is composed for the practice world, with a state folder of its own and every outgoing call timed.</summary>
internal sealed class PracticeHost : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("sre-agent-benchmark");
    private readonly ServiceProvider _services;

    /// <param name="world">Must outlive it.</param>
    /// <param name="latency">Added to every call.</param>
    public PracticeHost(PracticeWorld world, TimeSpan latency)
    {
        Calls = new CallLog { Latency = latency };
        var settings = HostSettings.Read(new Dictionary<string, string?>(LabSettings.For(world.Endpoints), StringComparer.OrdinalIgnoreCase)
        {
            ["Store:Path"] = Path.Combine(_home.FullName, "store.db"),
        });
        _services = new ServiceCollection().AddSreAgent(settings)
            // After every integration's own handlers, so nearest to the wire.
            .PostConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(Calls.Handler())))
            .BuildServiceProvider();
    }

    public CallLog Calls { get; }

    /// <summary>Plans a change and nothing else.</summary>
    /// <exception cref="PrerequisiteMissingException">It has no plan, or its plan has gaps: then it made fewer calls than it should.</exception>
    public async Task PlanAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        var found = _services.GetRequiredService<ToolCatalogue>().Find(tool);
        if (found is not { Plan: { } make })
        {
            throw new PrerequisiteMissingException($"{tool} is not there, or has no plan");
        }

        var plan = await make(new ToolArguments(System.Text.Json.JsonElement.Parse(arguments)), new ToolRun(new Progress<string>()), cancellationToken);
        if (plan.Facts.FirstOrDefault(fact => fact.Detail.Contains("Not looked at", StringComparison.Ordinal)) is { } gap)
        {
            throw new PrerequisiteMissingException($"the plan has a gap: {gap.Name}: {gap.Detail}");
        }
    }

    /// <summary>Asks for a change through the guardrail, up to where it waits for a human.</summary>
    /// <exception cref="PrerequisiteMissingException">It came to something else.</exception>
    public async Task AskAsync(string tool, string arguments, CancellationToken cancellationToken)
    {
        var call = new ToolCall($"call-{Guid.NewGuid():n}", tool, System.Text.Json.JsonElement.Parse(arguments));
        var outcome = await _services.GetRequiredService<IToolInvoker>().InvokeAsync(call, ToolsCommand.Context(_services, "sre"), new Progress<string>(), cancellationToken);
        if (outcome.Result is not ToolResult.AwaitingApproval)
        {
            throw new PrerequisiteMissingException($"{tool} was not put up for approval: {outcome.Text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _home.Delete(recursive: true);
    }
}
