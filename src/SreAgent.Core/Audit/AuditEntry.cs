namespace SreAgent.Core.Audit;

/// <summary>What kind of thing is recorded. Names are part of the export format.</summary>
public enum AuditKind
{
    /// <summary>About to run a tool. Written first: if it cannot be written, nothing runs (G11).</summary>
    Intent = 0,

    /// <summary>What the tool answered.</summary>
    Outcome,

    /// <summary>The guardrail refused.</summary>
    Denied,

    /// <summary>A ChangeRequest was raised.</summary>
    Requested,

    /// <summary>A human approved.</summary>
    Approved,

    /// <summary>A human said no.</summary>
    Rejected,

    /// <summary>A request drifted, or was cut off while it ran. One that nobody answered in time just ends; its deadline stands in Requested.</summary>
    Lapsed,

    /// <summary>Shadow mode: what enforcing would have decided.</summary>
    WouldHaveBeen,

    /// <summary>The kill switch was turned.</summary>
    KillSwitch,
}

/// <summary>What is to be recorded. Already redacted; the store adds sequence and chain.</summary>
/// <param name="At">When, by the writer's clock.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Actor id; empty when missing.</param>
/// <param name="Persona">Persona id; empty when none.</param>
/// <param name="Environment">Environment acted on; empty when none.</param>
/// <param name="Tool">Tool as asked for; may not exist.</param>
/// <param name="Subject">Call id or ChangeRequest id that ties entries together.</param>
/// <param name="Detail">Arguments, rule, reason or outcome, in one JSON object.</param>
public sealed record AuditRecord(
    DateTimeOffset At, AuditKind Kind, string Actor, string Persona, string Environment, string Tool, string Subject, string Detail);

/// <summary>A link of the chain.</summary>
/// <param name="Sequence">1 for the first; no gaps.</param>
/// <param name="PreviousHash">Hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">See <see cref="AuditChain"/>.</param>
public sealed record AuditEntry(long Sequence, AuditRecord Record, string PreviousHash, string Hash);
