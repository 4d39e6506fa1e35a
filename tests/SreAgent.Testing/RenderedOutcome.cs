using Microsoft.Extensions.Logging.Abstractions;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Testing;

/// <summary>What a fake door answers with: worded by the guardrail's own renderer, so that no test knows a form of its own.</summary>
public static class RenderedOutcome
{
    private const int Roomy = 1 << 20;

    public static Task<ToolOutcome> OfAsync(ToolCall call, ToolResult result, IResultStore? results = null, int maxResultBytes = Roomy)
    {
        var clock = TimeProvider.System;
        var renderer = new OutcomeRenderer(
            Redactor.WithoutConfiguredValues, results ?? new InMemoryResultStore(), clock, maxResultBytes, NullLogger<OutcomeRenderer>.Instance);
        return renderer.RenderAsync(call, conversationId: null, result, clock.GetTimestamp(), CancellationToken.None);
    }

    /// <summary>As the desk answers: about the call that was held.</summary>
    public static Task<ToolOutcome> OfAsync(ChangeRequest request, ToolResult result, IResultStore? results = null, int maxResultBytes = Roomy) =>
        OfAsync(new ToolCall(request.CallId ?? request.Id.Value, request.Tool, request.Arguments), result, results, maxResultBytes);
}
