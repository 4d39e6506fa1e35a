using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Conversations;

/// <summary>Answers in the form every tool answers in, where the host itself speaks instead of a tool.</summary>
internal static class HostResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The host itself answers instead of the tool.</summary>
    public static string Text(string status, string explanation) =>
        new JsonObject { ["status"] = status, ["explanation"] = explanation }.ToJsonString(Json);

    public static CallStatus StatusOf(ToolResult result) => result switch
    {
        ToolResult.Failed => CallStatus.Failed,
        ToolResult.Denied => CallStatus.Denied,
        _ => CallStatus.Done,
    };
}
