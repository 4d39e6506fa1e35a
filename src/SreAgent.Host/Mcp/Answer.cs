using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Mcp;

/// <summary>What a tools/call answers: one text, JSON inside.</summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whatever was not carried out is marked as an error.</summary>
    public static CallToolResult Of(ToolOutcome outcome) => Text(outcome.Text, isError: outcome.Result is not (ToolResult.Found or ToolResult.NoData));

    private static CallToolResult Text(string text, bool isError) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    public static CallToolResult Json(JsonObject answer, bool isError) => Text(answer.ToJsonString(Readable), isError);
}
