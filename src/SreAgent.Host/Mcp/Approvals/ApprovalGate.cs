using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Host.Approvals;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>
/// Puts a held call to the human at the client, when there is a way to and the environment accepts that way, and takes the answer to the
/// approval desk. In every other case the request stays where it is and the answer says where to approve it.
/// </summary>
/// <remarks>
/// Clients of 2026-07-28 get an input-required result and call again with the answer; nothing is open meanwhile. Earlier clients are asked
/// while their call waits, kept alive by progress. Answering runs the handler anew, so nothing here has an effect before a human answered.
/// </remarks>
internal sealed class ApprovalGate(
    IApprovalDesk desk, IPolicySource policies, ApprovalStates states, Actor actor, Redactor redactor, TimeProvider clock)
{
    private const string AnswerKey = "approval";
    private const string FirstRevisionWithRounds = "2026-07-28";
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(10);

    /// <summary>Whether this is the second round of a held call. Earlier protocol revisions have no rounds; what they send of it is ignored.</summary>
    public static bool CarriesAnswer(RequestContext<CallToolRequestParams> request) =>
        HasRounds(request) && (request.Params.RequestState is not null || request.Params.InputResponses is { Count: > 0 });

    /// <summary>Asks, or says why not.</summary>
    public async Task<CallToolResult> AskAsync(
        RequestContext<CallToolRequestParams> request, ToolCall call, ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (await desk.ShowAsync(id, cancellationToken) is not { } change)
        {
            return ApprovalAnswers.PendingUnseen(id);
        }

        if (await WhyNotHereAsync(request.Server, change, cancellationToken) is { } reason)
        {
            return ApprovalAnswers.Pending(change, reason);
        }

        var question = ApprovalQuestion.For(change, clock.GetUtcNow());
        if (HasRounds(request))
        {
            throw new InputRequiredException(
                new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [AnswerKey] = InputRequest.ForElicitation(question) },
                states.Seal(change, call, actor.Id));
        }

        var (answer, problem) = await AskNowAsync(request.Server, question, change, progress, cancellationToken);
        return answer is null ? ApprovalAnswers.Pending(change, problem) : await DecideAsync(change, answer, request.Server, progress, cancellationToken);
    }

    /// <summary>Takes the second round: the state must be ours, unspent, and about exactly this call.</summary>
    public async Task<CallToolResult> DecideAsync(
        RequestContext<CallToolRequestParams> request, ToolCall call, IProgress<string> progress, CancellationToken cancellationToken)
    {
        switch (states.Open(request.Params.RequestState, call, actor.Id))
        {
            case StateCheck.Refused refused:
                return ApprovalAnswers.Denied("approval-state", $"{refused.Reason} Nothing was recorded or executed; make the call again, without state, to be asked again.");
            case StateCheck.Valid { State: var state }:
                var change = await desk.ShowAsync(new ChangeRequestId(state.Change), cancellationToken);
                if (change is null || !string.Equals(change.Digest.Value, state.Digest, StringComparison.Ordinal))
                {
                    return ApprovalAnswers.Denied("approval-state", $"{state.Change} is no longer the request that was asked about. Nothing was executed.");
                }

                // What was true when the question was asked need not be true when it is answered.
                return await WhyNotHereAsync(request.Server, change, cancellationToken) is { } reason
                    ? ApprovalAnswers.Pending(change, reason)
                    : await DecideAsync(change, AnswerIn(request.Params), request.Server, progress, cancellationToken);
            default:
                throw new InvalidOperationException("A state is valid or refused.");
        }
    }

    private async Task<CallToolResult> DecideAsync(
        ChangeRequest change, ElicitResult answer, McpServer server, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (string.Equals(answer.Action, "decline", StringComparison.Ordinal))
        {
            var denial = await desk.DenyAsync(change.Id, actor, $"Declined by {actor.Id} in {ClientName(server)}.", cancellationToken);
            return ApprovalAnswers.Denied(
                denial.Accepted ? "human" : denial.Rule, denial.Accepted ? $"{actor.Id} declined {change.Id}. It will not be executed." : denial.Message);
        }

        if (!answer.IsAccepted)
        {
            return ApprovalAnswers.Pending(change, $"The question was closed in {ClientName(server)} without an answer.");
        }

        if (!ApprovalPhrase.Matches(TypedIn(answer), ApprovalPhrase.For(change)))
        {
            return ApprovalAnswers.Pending(change, $"What was typed is not the phrase asked for ({ApprovalPhrase.For(change)}), so it counts as no answer.");
        }

        var approval = await desk.ApproveAsync(change.Id, actor, overrideDenial: false, cancellationToken);
        return approval.Accepted
            ? Answer.Of(await desk.ExecuteAsync(change.Id, progress, cancellationToken))
            : ApprovalAnswers.Denied(approval.Rule, $"{approval.Message} Nothing was executed.");
    }

    private async Task<string?> WhyNotHereAsync(McpServer server, ChangeRequest change, CancellationToken cancellationToken)
    {
        if (server.ClientCapabilities?.Elicitation?.Form is null || !server.IsMrtrSupported)
        {
            return $"{ClientName(server)} does not offer to ask its user anything (no form elicitation).";
        }

        var policy = await policies.CurrentAsync(cancellationToken);
        if (!policy.Environments.TryGetValue(change.Scope.Environment, out var environment))
        {
            return $"Environment {change.Scope.Environment} is not configured.";
        }

        // Whoever can start a process can speak this protocol to it, a coding agent with a shell included. So answers from here count only
        // where somebody wrote down that they do; a list left empty does not.
        if (!environment.CountedSurfaces.Contains(Surface.Mcp))
        {
            return $"Changes to {environment.Name} are not approved through MCP (Guardrails:Environments:{environment.Name}:ApproveVia does not list mcp).";
        }

        var check = environment.Check(actor, change.Scope.Requester);
        return check.Allowed ? null : check.Reason;
    }

    private async Task<(ElicitResult? Answer, string Problem)> AskNowAsync(
        McpServer server, ElicitRequestParams question, ChangeRequest change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var left = change.ExpiresAt - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return (null, "It has expired.");
        }

        using var deadline = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var waiting = HeartbeatAsync(change.Id, progress, either.Token);
        try
        {
            return (await server.ElicitAsync(question, either.Token), "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{ClientName(server)} did not answer in time.");
        }
        catch (Exception exception) when (exception is McpException or InvalidOperationException or JsonException)
        {
            // Some clients declare elicitation and cannot do it.
            return (null, $"{ClientName(server)} could not put the question to its user ({redactor.Redact(exception.Message)}).");
        }
        finally
        {
            await either.CancelAsync();
            await waiting;
        }
    }

    /// <summary>Many clients give up on a silent call within a minute; people read longer than that.</summary>
    private async Task HeartbeatAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HeartbeatEvery, clock);
        try
        {
            progress.Report($"{id} waits for your approval.");
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                progress.Report($"{id} still waits for your approval.");
            }
        }
        catch (OperationCanceledException)
        {
            // Answered, or given up: either way the waiting is over.
        }
    }

    private static bool HasRounds(RequestContext<CallToolRequestParams> request) =>
        string.CompareOrdinal(request.JsonRpcRequest.Context?.ProtocolVersion ?? request.Server.NegotiatedProtocolVersion, FirstRevisionWithRounds) >= 0;

    /// <summary>An answer that is missing or makes no sense leaves the question open.</summary>
    private static ElicitResult AnswerIn(CallToolRequestParams parameters)
    {
        try
        {
            return parameters.InputResponses?.TryGetValue(AnswerKey, out var response) == true
                && response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { } answer
                ? answer
                : new ElicitResult { Action = "cancel" };
        }
        catch (JsonException)
        {
            return new ElicitResult { Action = "cancel" };
        }
    }

    private static string? TypedIn(ElicitResult answer) =>
        answer.Content?.TryGetValue(ApprovalQuestion.PhraseField, out var typed) == true && typed.ValueKind == JsonValueKind.String ? typed.GetString() : null;

    private static string ClientName(McpServer server) => server.ClientInfo?.Name switch
    {
        null or "" => "the client",
        var name => SafeText.Line(name, 60),
    };
}
