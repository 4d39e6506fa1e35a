using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Stores;

/// <summary>A ChangeRequest as it lies in its table; the names of the properties are the columns'.</summary>
internal sealed class ChangeRequestRow
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public required string Digest { get; init; }

    public required string Tool { get; init; }

    public required string Arguments { get; init; }

    public required string Environment { get; init; }

    public required string Persona { get; init; }

    public required string Requester { get; init; }

    public required string RequestedVia { get; init; }

    public required string PolicyVersion { get; init; }

    public required string Plan { get; init; }

    public required string Rules { get; init; }

    public required string Approvals { get; init; }

    public string? ConversationId { get; init; }

    public string? CallId { get; init; }

    public required string CreatedAt { get; init; }

    public required string ExpiresAt { get; init; }

    public string? DecidedAt { get; init; }

    public string? DeniedBy { get; init; }

    public string? ExecutedAt { get; init; }

    public string? CompletedAt { get; init; }

    public string? Outcome { get; init; }

    public string? Holder { get; init; }

    public string? LeaseUntil { get; init; }

    public string? RemedyOf { get; init; }

    public static ChangeRequestRow From(ChangeRequest request) => new()
    {
        Id = request.Id.Value,
        State = request.State.ToString(),
        Digest = request.Digest.Value,
        Tool = request.Tool,
        Arguments = request.Arguments.GetRawText(),
        Environment = request.Scope.Environment,
        Persona = request.Scope.Persona,
        Requester = request.Scope.Requester,
        RequestedVia = request.RequestedVia.ToString(),
        PolicyVersion = request.PolicyVersion,
        Plan = JsonSerializer.Serialize(request.Plan, StoreJson.Default.ChangePlan),
        Rules = JsonSerializer.Serialize(request.Rules, StoreJson.Default.IReadOnlyListString),
        Approvals = JsonOf(request.Approvals),
        ConversationId = request.ConversationId,
        CallId = request.CallId,
        CreatedAt = StoredTime.Of(request.CreatedAt),
        ExpiresAt = StoredTime.Of(request.ExpiresAt),
        DecidedAt = StoredTime.Of(request.DecidedAt),
        DeniedBy = request.DeniedBy,
        ExecutedAt = StoredTime.Of(request.ExecutedAt),
        CompletedAt = StoredTime.Of(request.CompletedAt),
        Outcome = request.Outcome,
        Holder = request.Lease?.Holder,
        LeaseUntil = StoredTime.Of(request.Lease?.Until),
        RemedyOf = request.RemedyOf?.Value,
    };

    public static string JsonOf(IReadOnlyList<Approval> approvals) => JsonSerializer.Serialize(approvals, StoreJson.Default.IReadOnlyListApproval);

    public ChangeRequest ToRequest() => new()
    {
        Id = new ChangeRequestId(Id),
        State = Enum.Parse<ChangeRequestState>(State),
        Digest = new ChangeDigest(Digest),
        Tool = Tool,
        Arguments = JsonElement.Parse(Arguments),
        Scope = new CallScope(Environment, Persona, Requester),
        RequestedVia = Enum.Parse<Surface>(RequestedVia),
        PolicyVersion = PolicyVersion,
        Plan = JsonSerializer.Deserialize(Plan, StoreJson.Default.ChangePlan)!, // These three are never stored as null.
        Rules = JsonSerializer.Deserialize(Rules, StoreJson.Default.IReadOnlyListString)!,
        Approvals = JsonSerializer.Deserialize(Approvals, StoreJson.Default.IReadOnlyListApproval)!,
        ConversationId = ConversationId,
        CallId = CallId,
        CreatedAt = StoredTime.Read(CreatedAt),
        ExpiresAt = StoredTime.Read(ExpiresAt),
        DecidedAt = StoredTime.ReadOptional(DecidedAt),
        DeniedBy = DeniedBy,
        ExecutedAt = StoredTime.ReadOptional(ExecutedAt),
        CompletedAt = StoredTime.ReadOptional(CompletedAt),
        Outcome = Outcome,
        Lease = Holder is not null && StoredTime.ReadOptional(LeaseUntil) is { } until ? new ChangeLease(Holder, until) : null,
        RemedyOf = RemedyOf is null ? null : new ChangeRequestId(RemedyOf),
    };
}
