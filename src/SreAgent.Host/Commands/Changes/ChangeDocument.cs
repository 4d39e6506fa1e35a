using System.Text.Json;
using System.Text.Json.Serialization;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Commands.Changes;

/// <summary>A change request as <c>changes show --json</c> prints it. Names are a contract, described in docs/changes.md; more may be added.</summary>
internal sealed record ChangeDocument(
    string Id,
    ChangeRequestState State,
    string Tool,
    JsonElement Arguments,
    string Environment,
    string Requester,
    string Digest,
    string Fingerprint,
    IReadOnlyList<PreflightCheck> Preflight,
    IReadOnlyList<ApprovalDocument> Approvals,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Outcome)
{
    public required string Persona { get; init; }

    public required string Summary { get; init; }

    public required string Target { get; init; }

    public required string Current { get; init; }

    public required string Wanted { get; init; }

    public required string BlastRadius { get; init; }

    public required string Undo { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DeniedBy { get; init; }

    public DateTimeOffset? ExecutedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Conversation { get; init; }

    public required IReadOnlyList<PlanFact> Facts { get; init; }

    public Remedy? Remedy { get; init; }

    public string? RemedyOf { get; init; }

    /// <summary>What it has done, in order. Absent in lists.</summary>
    public IReadOnlyList<StepDocument>? Steps { get; init; }

    public static ChangeDocument Of(ChangeRequest request, IReadOnlyList<ChangeStep>? steps = null) => new(
        request.Id.Value,
        request.State,
        request.Tool,
        request.Arguments,
        request.Scope.Environment,
        request.Scope.Requester,
        request.Digest.Value,
        request.Plan.Fingerprint,
        request.Plan.Preflight,
        [.. request.Approvals.Select(approval => new ApprovalDocument(
            approval.Approver, approval.Via, approval.At, approval.SelfApproved, approval.Override, approval.InAdvanceWith?.Value))],
        request.ExpiresAt,
        request.Outcome)
    {
        Persona = request.Scope.Persona,
        Summary = request.Plan.Summary,
        Target = request.Plan.Target,
        Current = request.Plan.Current,
        Wanted = request.Plan.Wanted,
        BlastRadius = request.Plan.BlastRadius,
        Undo = request.Plan.Undo,
        Rules = request.Rules,
        CreatedAt = request.CreatedAt,
        DecidedAt = request.DecidedAt,
        DeniedBy = request.DeniedBy,
        ExecutedAt = request.ExecutedAt,
        CompletedAt = request.CompletedAt,
        Conversation = request.ConversationId,
        Facts = request.Plan.Facts,
        Remedy = request.Plan.Remedy,
        RemedyOf = request.RemedyOf?.Value,
        Steps = steps?.Select(step => new StepDocument(step.Name, step.BegunAt, step.FinishedAt, step.Result)).ToArray(),
    };
}

/// <param name="InAdvanceWith">The change this was approved together with. Absent for a yes to this one itself.</param>
internal sealed record ApprovalDocument(string Approver, Surface Via, DateTimeOffset At, bool SelfApproved, bool Override, string? InAdvanceWith);

/// <param name="FinishedAt">Absent while it runs, and for a step whose process died.</param>
internal sealed record StepDocument(string Name, DateTimeOffset BegunAt, DateTimeOffset? FinishedAt, string? Result);
