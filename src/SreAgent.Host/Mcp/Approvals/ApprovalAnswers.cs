using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>
/// How a held call is answered until it runs. Always marked as an error: a caller that looks no further must not take it for done. What the
/// desk says and shows is redacted already.
/// </summary>
internal static class ApprovalAnswers
{
    /// <summary>Nothing ran and the request stands: what it would do, and where a human approves it.</summary>
    public static CallToolResult Pending(ChangeRequest request, string whyNotHere) => Answer.Json(
        new JsonObject
        {
            ["status"] = "awaiting-approval",
            ["changeRequest"] = request.Id.Value,
            ["would"] = request.Plan.Summary,
            ["target"] = request.Plan.Target,
            ["environment"] = request.Scope.Environment,
            ["current"] = request.Plan.Current,
            ["wanted"] = request.Plan.Wanted,
            ["blastRadius"] = request.Plan.BlastRadius,
            ["undo"] = request.Plan.Undo,
            ["expiresAt"] = request.ExpiresAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ"),
            ["notApprovedHere"] = whyNotHere,
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

    public static CallToolResult Denied(string rule, string reason) => Answer.Json(
        new JsonObject { ["status"] = "denied", ["rule"] = rule, ["reason"] = reason }, isError: true);

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
}
