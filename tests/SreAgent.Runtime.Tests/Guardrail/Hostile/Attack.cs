using SreAgent.Core.Actors;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail.Hostile;

/// <summary>One move of a model that wants a change through, or of a world that helps it by accident.</summary>
public abstract record Attack
{
    private Attack()
    {
    }

    /// <summary>Calls any tool with any arguments.</summary>
    public sealed record Call(string Tool, int Target, int Value, ArgumentShape Shape, Asker Asker) : Attack;

    /// <summary>What a hole would be next to: Ada asks honestly and Grace says yes. What follows decides whether it may still run.</summary>
    public sealed record RightfulApproval(int Target, int Value) : Attack;

    /// <summary>Somebody, allowed or not, says yes to a request: a real one by its place in the list, or a forged id.</summary>
    public sealed record Approve(int Request, Asker Approver, bool Override) : Attack;

    public sealed record Deny(int Request, Asker Denier) : Attack;

    public sealed record Execute(int Request, bool OnReplica) : Attack;

    /// <summary>Two approvers, or four executors on two replicas, at the same moment.</summary>
    public sealed record RaceApprovals(int Request) : Attack;

    public sealed record RaceExecutions(int Request) : Attack;

    /// <summary>The same call again and again.</summary>
    public sealed record Replay(int Times) : Attack;

    /// <summary>Somebody turns the knob by hand.</summary>
    public sealed record Drift(int Target, int Value) : Attack;

    /// <summary>The stored request is edited before the next reading.</summary>
    public sealed record EditRequest(int Target, int Value) : Attack;

    public sealed record JamStore(int CallsUntil, int Failures) : Attack;

    public sealed record MoveClock(int Minutes) : Attack;

    public sealed record TurnKillSwitch(bool On) : Attack;
}

/// <summary>How the arguments of a call look.</summary>
public enum ArgumentShape
{
    Honest = 0,
    ApprovedTrue,
    ForgedApproval,
    NumbersAsText,
    NotAnObject,
    Twice,
    Missing,
    Prose,
}

/// <summary>Who acts.</summary>
public enum Asker
{
    Ada = 0,
    Grace,
    Mallory,
    Schedule,
    Nobody,
}

internal static class Askers
{
    public static Actor Actor(this Asker asker) => asker switch
    {
        Asker.Ada => GuardrailHarness.Ada,
        Asker.Grace => GuardrailHarness.Grace,
        Asker.Mallory => GuardrailHarness.Mallory,
        Asker.Schedule => GuardrailHarness.Schedule,
        _ => Core.Actors.Actor.Missing,
    };

    /// <summary>The rule of the practice environment, stated once more by hand: Ada or Grace, and never for oneself.</summary>
    public static bool MayApprove(this Asker approver, Asker requester) => approver is Asker.Ada or Asker.Grace && approver != requester;
}
