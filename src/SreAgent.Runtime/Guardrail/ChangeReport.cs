using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Words what became of a request, for the caller and for the record.</summary>
internal static class ChangeReport
{
    /// <summary>State and sentence from what the tool said and what verification saw. A tool's word alone is never success (G10).</summary>
    public static (ChangeRequestState State, string Outcome) Conclude(ToolResult result, Verification verification)
    {
        var said = result switch
        {
            ToolResult.Found => "Executed.",
            ToolResult.NoData none => $"Executed; it answered that there is nothing: {none.Searched}",
            ToolResult.Failed failed => $"Execution failed: {failed.Explanation}",
            ToolResult.Denied denied => $"The target refused: {denied.Reason}",
            _ => "Executed; its answer was not understood.",
        };
        var failedToRun = result is not (ToolResult.Found or ToolResult.NoData);
        return verification.Verdict switch
        {
            _ when failedToRun => (ChangeRequestState.Failed, said + Seen(result, verification)),
            VerificationVerdict.Passed => (ChangeRequestState.Succeeded, $"{said} Verified: {verification.Detail}"),
            VerificationVerdict.Failed => (ChangeRequestState.Failed, $"{said} Verification failed: {verification.Detail}"),
            _ => (ChangeRequestState.Unverified, $"{said} Not verified: {verification.Detail}"),
        };
    }

    /// <summary>What verification saw besides the failure, which it repeats: once is enough.</summary>
    private static string Seen(ToolResult result, Verification verification)
    {
        var why = (result as ToolResult.Failed)?.Explanation ?? (result as ToolResult.Denied)?.Reason ?? "";
        var rest = why.Length == 0 ? verification.Detail
            : verification.Detail.Replace($"execution: {why}", "", StringComparison.Ordinal).Replace(why, "", StringComparison.Ordinal).Trim();
        return rest.Length > 0 ? $" Verification: {rest}" : "";
    }

    public static ToolResult Of(
        ChangeRequest request, ChangeRequestState state, string outcome, ToolResult result, Verification verification, bool recorded)
    {
        if (state == ChangeRequestState.Failed)
        {
            return new ToolResult.Failed(
                $"{request.Id}: {outcome}{(recorded ? "" : " The outcome could not be recorded.")} To undo: {request.Plan.Undo}", Retryable: false);
        }

        var evidence = result is ToolResult.Found found ? found.Evidence : new Evidence(request.Tool, request.Plan.Target);
        return new ToolResult.Found(
            new
            {
                changeRequest = request.Id.Value,
                state = Word(state),
                outcome,
                undo = request.Plan.Undo,
                verification = new { verdict = verification.Verdict.ToString().ToLowerInvariant(), verification.Detail },
                answer = (result as ToolResult.Found)?.Data,
            },
            recorded ? evidence : evidence with { Notes = [.. evidence.Notes, "The change was executed, but its outcome could not be recorded."] });
    }

    /// <summary>For a caller who comes when nothing is left to execute, or not yet.</summary>
    public static ToolResult Of(ChangeRequest request) => request.State switch
    {
        ChangeRequestState.Pending => new ToolResult.AwaitingApproval(request.Id, Question(request)),
        ChangeRequestState.Approved or ChangeRequestState.Executing =>
            new ToolResult.Failed($"{request.Id} is being executed by another process. Ask again for its outcome.", Retryable: true),
        ChangeRequestState.Succeeded or ChangeRequestState.Unverified => new ToolResult.Found(
            new { changeRequest = request.Id.Value, state = Word(request.State), request.Outcome, undo = request.Plan.Undo },
            new Evidence("changes", request.Id.Value)),
        ChangeRequestState.Denied => new ToolResult.Denied("denied-by-human", $"{request.Id} was denied. {request.Outcome}"),
        ChangeRequestState.Expired => new ToolResult.Denied("expired", $"{request.Id} expired unanswered or unexecuted at {request.ExpiresAt:u}. Ask again if it is still wanted."),
        ChangeRequestState.Interrupted => new ToolResult.Failed(
            $"The process executing {request.Id} died. Whether {request.Plan.Target} was changed is unknown: look at it before asking again. It will not be run again.", Retryable: false),
        _ => new ToolResult.Failed($"{request.Id}: {request.Outcome}", Retryable: false),
    };

    /// <summary>As <c>changes show</c> spells it.</summary>
    private static string Word(ChangeRequestState state) => state.ToString().ToLowerInvariant();

    public static string Question(ChangeRequest request) =>
        $"{request.Plan.Summary} Environment: {request.Scope.Environment}. Target: {request.Plan.Target}. "
        + $"Now: {request.Plan.Current} Wanted: {request.Plan.Wanted} Blast radius: {request.Plan.BlastRadius} Undo: {request.Plan.Undo}";
}
