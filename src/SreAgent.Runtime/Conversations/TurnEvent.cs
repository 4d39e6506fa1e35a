using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>What a surface shows while a turn runs, in order. Everything in it is redacted.</summary>
public abstract record TurnEvent
{
    private TurnEvent()
    {
    }

    /// <summary>The next piece of the answer, Markdown.</summary>
    public sealed record TextDelta(string Text) : TurnEvent;

    /// <summary>A tool is about to run. Arguments are redacted.</summary>
    public sealed record ToolStarted(ToolCall Call) : TurnEvent;

    public sealed record ToolProgressed(string CallId, string Message) : TurnEvent;

    public sealed record ToolFinished(ToolOutcome Outcome) : TurnEvent;

    /// <summary>A call is held for a human. Other calls of the same reply go on.</summary>
    public sealed record ApprovalNeeded(string CallId, ChangeRequest Request) : TurnEvent;

    /// <summary>Something worth a line that is neither answer nor tool: a retry, a compaction, a budget coming near.</summary>
    public sealed record Notice(string Text) : TurnEvent;

    /// <summary>The last event of every turn.</summary>
    /// <param name="Gaps">What could not be looked at.</param>
    /// <param name="PendingChanges">Requests this conversation waits for.</param>
    public sealed record Finished(TurnEnd End, string Explanation, TurnUsage Usage, IReadOnlyList<string> Gaps, IReadOnlyList<ChangeRequestId> PendingChanges) : TurnEvent;
}

/// <summary>Why a turn ended.</summary>
public enum TurnEnd
{
    Answered = 0,
    AwaitingApproval,
    Cancelled,
    StepCap,
    TokenBudget,
    TimeBudget,

    /// <summary>The model could not be reached or did not make sense; the explanation says which, and what to do.</summary>
    ModelFailed,

    /// <summary>This host could not go on: its store, say. The explanation says what; what had been stored by then is kept.</summary>
    HostFailed,
}

/// <summary>What a turn cost.</summary>
/// <param name="Model">Model name as configured; <c>built-in</c> for the built-in responder.</param>
/// <param name="Cost">US dollars; absent when no price is configured for the model.</param>
public sealed record TurnUsage(string Model, long InputTokens, long OutputTokens, decimal? Cost, int Steps, TimeSpan Duration)
{
    /// <summary>Some of the tokens are estimated (UTF-8 bytes over four), because the provider did not report them.</summary>
    public bool Estimated { get; init; }
}
