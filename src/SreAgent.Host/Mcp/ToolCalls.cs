using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using SreAgent.Core.Tools;
using SreAgent.Host.Mcp.Approvals;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Mcp;

/// <summary>
/// tools/call: one guarded call in, one answer out. An unknown tool, a refusal and a failure are answers too, marked as errors, because a
/// model reads answers while many clients swallow protocol errors.
/// </summary>
internal sealed partial class ToolCalls(IToolInvoker invoker, McpCaller caller, ApprovalGate gate, ILogger<ToolCalls> logger)
{
    public async ValueTask<CallToolResult> HandleAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var call = new ToolCall(
            $"mcp-{Guid.NewGuid():N}", request.Params.Name, ArgumentsOf(request.Params.Arguments));
        await using var progress = new ProgressRelay(request.Server, request.Params.ProgressToken);

        try
        {
            return ApprovalGate.CarriesAnswer(request)
                ? await gate.DecideAsync(request, call, progress, cancellationToken)
                : await CallAsync(request, call, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InputRequiredException))
        {
            Log.Undecided(logger, exception, call.Tool);
            return ApprovalAnswers.Undecided(exception);
        }
    }

    private async Task<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> request, ToolCall call, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // A tool that is slow to notice the cancellation must not keep the client waiting.
        var outcome = await invoker.InvokeAsync(call, caller.Context(), progress, cancellationToken).WaitAsync(cancellationToken);
        return outcome.Result is ToolResult.AwaitingApproval waiting
            ? await gate.AskAsync(request, call, waiting.Id, progress, cancellationToken)
            : Answer.Of(outcome);
    }

    private static JsonElement ArgumentsOf(IDictionary<string, JsonElement>? arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The guardrail could not decide a call to {Tool}.")]
        public static partial void Undecided(ILogger logger, Exception exception, string tool);
    }
}
