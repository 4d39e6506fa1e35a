using System.Text.Json;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Testing.Rehearsal;

/// <summary>A door to a few tools without a guardrail behind it: grants and arguments are looked at, the rest is each tool's own answer.</summary>
public sealed class RehearsedTools : IToolInvoker
{
    private static readonly JsonElement QuerySchema = JsonElement.Parse("""
        {"type":"object","properties":{"query":{"type":"string","description":"PromQL expression"}},"required":["query"],"additionalProperties":false}
        """);

    private readonly Dictionary<string, Tool> _tools = new(StringComparer.Ordinal);

    public RehearsedTools Add(string name, ToolResult result, ToolEffect effect = ToolEffect.Read)
    {
        _tools[name] = new Tool
        {
            Name = name,
            Toolset = name[..name.IndexOf('_', StringComparison.Ordinal)],
            Effect = effect,
            Description = "Answers what the rehearsal says.",
            InputSchema = QuerySchema,
            Execute = (_, _, _) => Task.FromResult(result),
        };
        return this;
    }

    public IReadOnlyList<Tool> ToolsFor(CallContext context) =>
        [.. _tools.Values.Where(tool => Pattern.MatchesAny(context.Persona.ToolGrants, tool.Name)).OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    public async Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("looking");
        var result = await _tools[call.Tool].Execute(ToolArguments.Empty, new ToolRun(progress), cancellationToken);
        return new ToolOutcome(call, result, "{}", TimeSpan.FromMilliseconds(412));
    }
}
