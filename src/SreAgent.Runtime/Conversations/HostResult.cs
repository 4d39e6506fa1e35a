using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Conversations;

/// <summary>Results in the words every tool answers in, for what does not come out of the tool invoker.</summary>
internal static class HostResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The host itself answers instead of the tool.</summary>
    public static string Text(string status, string explanation) =>
        new JsonObject { ["status"] = status, ["explanation"] = explanation }.ToJsonString(Json);

    /// <summary>What an approved change answered when it was executed.</summary>
    public static string Text(ToolResult result, string change)
    {
        var worded = result switch
        {
            ToolResult.Found found => new JsonObject
            {
                ["status"] = "found",
                ["data"] = JsonSerializer.SerializeToNode(found.Data, Json),
                ["evidence"] = Word(found.Evidence),
            },
            ToolResult.NoData none => new JsonObject { ["status"] = "no-data", ["searched"] = none.Searched },
            ToolResult.Failed failed => new JsonObject { ["status"] = "failed", ["explanation"] = failed.Explanation, ["retryable"] = failed.Retryable },
            ToolResult.Denied denied => new JsonObject { ["status"] = "denied", ["rule"] = denied.Rule, ["reason"] = denied.Reason },
            ToolResult.AwaitingApproval waiting => new JsonObject { ["status"] = "awaiting-approval", ["question"] = waiting.Question },
            _ => new JsonObject { ["status"] = "failed", ["explanation"] = "The result is of a kind this host does not know." },
        };
        worded["changeRequest"] = change;
        return worded.ToJsonString(Json);
    }

    public static CallStatus StatusOf(ToolResult result) => result switch
    {
        ToolResult.Failed => CallStatus.Failed,
        ToolResult.Denied => CallStatus.Denied,
        _ => CallStatus.Done,
    };

    private static JsonObject Word(Evidence evidence)
    {
        var worded = new JsonObject { ["source"] = evidence.Source, ["query"] = evidence.Query };
        if (evidence.Link is { } link)
        {
            worded["link"] = link.ToString();
        }

        if (evidence.Notes.Count > 0)
        {
            worded["notes"] = new JsonArray([.. evidence.Notes.Select(note => JsonValue.Create(note))]);
        }

        return worded;
    }
}
