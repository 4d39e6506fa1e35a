using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace SreAgent.Host.Mcp;

/// <summary>What a tools/call answers: one text, JSON inside.</summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CallToolResult Text(string text, bool isError) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    public static CallToolResult Json(JsonObject answer, bool isError) => Text(answer.ToJsonString(Readable), isError);
}
