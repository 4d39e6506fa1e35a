using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Changes;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>How a held call is answered. Always marked as an error until it ran: a caller that looks no further must not take it for done.</summary>
internal sealed class ApprovalAnswers(Redactor redactor)
{
    private static readonly JsonSerializerOptions DataJson = new(JsonSerializerDefaults.Web);

    /// <summary>Nothing ran and the request stands: what it would do, and where a human approves it.</summary>
    public CallToolResult Pending(ChangeRequest request, string whyNotHere) => Answer.Json(
        new JsonObject
        {
            ["status"] = "awaiting-approval",
            ["changeRequest"] = request.Id.Value,
            ["would"] = Redacted(request.Plan.Summary),
            ["target"] = Redacted(request.Plan.Target),
            ["environment"] = request.Scope.Environment,
            ["current"] = Redacted(request.Plan.Current),
            ["wanted"] = Redacted(request.Plan.Wanted),
            ["blastRadius"] = Redacted(request.Plan.BlastRadius),
            ["undo"] = Redacted(request.Plan.Undo),
            ["expiresAt"] = request.ExpiresAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"),
            ["notApprovedHere"] = Redacted(whyNotHere),
            ["approveWith"] = $"sre-agent changes approve {request.Id}",
            ["next"] = "Nothing has been executed. A human runs that command in a terminal; afterwards the same call, unchanged, executes it.",
        },
        isError: true);

    /// <summary>The request cannot be shown, which must not pass for an answer.</summary>
    public static CallToolResult PendingUnseen(ChangeRequestId id) => Answer.Json(
        new JsonObject
        {
            ["status"] = "awaiting-approval",
            ["changeRequest"] = id.Value,
            ["approveWith"] = $"sre-agent changes approve {id}",
            ["next"] = "Nothing has been executed. A human runs that command in a terminal; afterwards the same call, unchanged, executes it.",
        },
        isError: true);

    public CallToolResult Denied(string rule, string reason) => Answer.Json(
        new JsonObject { ["status"] = "denied", ["rule"] = rule, ["reason"] = Redacted(reason) }, isError: true);

    /// <summary>Something the decision rests on could not be read: fail closed, and do not guess what became of it (G1).</summary>
    public static CallToolResult Undecided(Exception exception) => Answer.Json(
        new JsonObject
        {
            ["status"] = "denied",
            ["rule"] = "fail-closed",
            ["reason"] = $"The request could not be decided ({exception.GetType().Name}; the log has the details). "
                + "If it concerns a change, sre-agent changes list says what became of it.",
        },
        isError: true);

    /// <summary>What an approved change answered.</summary>
    public CallToolResult Executed(ChangeRequestId id, ToolResult result)
    {
        var answer = new JsonObject { ["changeRequest"] = id.Value };
        switch (result)
        {
            case ToolResult.Found found:
                answer["status"] = "found";
                answer["data"] = RedactedData(found.Data);
                break;
            case ToolResult.NoData none:
                answer["status"] = "no-data";
                answer["searched"] = Redacted(none.Searched);
                break;
            case ToolResult.Failed failed:
                answer["status"] = "failed";
                answer["explanation"] = Redacted(failed.Explanation);
                answer["retryable"] = failed.Retryable;
                break;
            case ToolResult.Denied denied:
                return Denied(denied.Rule, denied.Reason);
            case ToolResult.AwaitingApproval waiting:
                return PendingUnseen(waiting.Id);
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is not a known result.");
        }

        return Answer.Json(answer, isError: result is ToolResult.Failed);
    }

    private JsonNode? RedactedData(object data)
    {
        var redacted = Redacted(JsonSerializer.Serialize(data, DataJson));
        try
        {
            return JsonNode.Parse(redacted);
        }
        catch (JsonException)
        {
            // A secret may have reached across a string's end; then what is left is text.
            return JsonValue.Create(redacted);
        }
    }

    private string Redacted(string text) => redactor.Redact(text);
}
