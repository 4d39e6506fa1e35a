using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace SreAgent.Host.Mcp;

/// <summary>Says what is wrong with a tools/call the protocol library would only call "an error".</summary>
internal static class MalformedRequests
{
    public static McpMessageHandler Explain(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall } request && ProblemWith(request.Params) is { } problem)
        {
            throw new McpProtocolException(problem, McpErrorCode.InvalidParams);
        }

        return next(context, cancellationToken);
    };

    private static string? ProblemWith(JsonNode? parameters)
    {
        if (parameters is not JsonObject call)
        {
            return "tools/call takes an object with 'name' and 'arguments'.";
        }

        try
        {
            if (call["name"]?.GetValueKind() != JsonValueKind.String)
            {
                return "tools/call: 'name' must be the name of a tool, a string; tools/list has them.";
            }

            return call["arguments"] is null or JsonObject
                ? null
                : $"tools/call: 'arguments' must be a JSON object, not {Described(call["arguments"]!.GetValueKind())}.";
        }
        catch (ArgumentException)
        {
            return "tools/call: a name occurs twice in the parameters.";
        }
    }

    private static string Described(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string (send the object itself, not its text)",
        JsonValueKind.Number => "a number",
        _ => "a boolean",
    };
}
