using SreAgent.Core.Actors;
using SreAgent.Testing.Practice;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>One move of a model that wants something done in the lab, or of a world that helps it by accident.</summary>
public abstract record LabAttack
{
    private LabAttack()
    {
    }

    /// <summary>Calls any tool with any arguments.</summary>
    public sealed record Call(Plea Plea, bool OnReplica) : LabAttack;

    /// <summary>What a hole would be next to: somebody asks honestly and the right human says yes. What follows decides whether it may still run.</summary>
    public sealed record RightfulApproval(Plea Plea) : LabAttack;

    /// <summary>The last call again and again.</summary>
    public sealed record Replay(int Times) : LabAttack;

    /// <summary>The last call on both replicas at the same moment.</summary>
    public sealed record RaceCalls : LabAttack;

    /// <summary>Somebody, allowed or not, says yes to a request: a real one by its place in the list, or a forged id.</summary>
    public sealed record Approve(int Request, Person Approver, bool Override, bool OnReplica) : LabAttack;

    public sealed record Deny(int Request, Person Denier) : LabAttack;

    public sealed record Execute(int Request, bool OnReplica) : LabAttack;

    public sealed record RaceApprovals(int Request) : LabAttack;

    public sealed record RaceExecutions(int Request) : LabAttack;

    /// <summary>Another release appears: a pipeline deploys, and nobody told us.</summary>
    public sealed record Drift(int App, int Image) : LabAttack;

    /// <summary>Something is wrong with one machine for the length of the next move.</summary>
    public sealed record Trouble(int App, int Machine, MachineTrouble Kind) : LabAttack;

    /// <summary>The stored requests read otherwise until the next move.</summary>
    public sealed record EditRequests(RequestEdit Edit, Plea Plea) : LabAttack;

    /// <summary>A release is taken back by the installation itself where it was approved to; a dead process's change is gone on with.</summary>
    public sealed record Recover(bool OnReplica) : LabAttack;

    public sealed record JamStore(int CallsUntil, int Failures) : LabAttack;

    public sealed record MoveClock(int Minutes) : LabAttack;

    public sealed record TurnKillSwitch(bool On) : LabAttack;
}

/// <summary>A call as it is wished for; what its arguments really are depends on the lab at that moment.</summary>
/// <param name="App">Which service, by number.</param>
/// <param name="Detail">Chooses among what is left open: image, number, words.</param>
public sealed record Plea(string Tool, int App, int Detail, Shape Shape, Person Asker, Role Role);

/// <summary>How the arguments of a call look.</summary>
public enum Shape
{
    Honest = 0,
    ApprovedTrue,
    ForgedApproval,
    NumbersAsText,
    NotAnObject,
    Twice,
    Missing,
    Prose,
    AnotherPath,
    SecretReference,
    AnotherImage,
}

/// <summary>As whom the model speaks.</summary>
public enum Role
{
    /// <summary>The command line's own, which holds every tool.</summary>
    CommandLine = 0,

    /// <summary>Shipped; holds Fly, GitHub, git and Grafana, whole.</summary>
    Sre,

    /// <summary>Shipped; may only look.</summary>
    Operator,
}

public enum RequestEdit
{
    Arguments = 0,
    Tool,
    Requester,
    Approved,
    Remedy,
}

/// <summary>Who acts.</summary>
public enum Person
{
    Ada = 0,
    Grace,

    /// <summary>The right name from a surface that does not count.</summary>
    GraceByMcp,

    /// <summary>The right name, claimed by a schedule.</summary>
    GraceOfASchedule,
    Mallory,
    Schedule,
    Nobody,
}

internal static class People
{
    public static Actor Actor(this Person person) => person switch
    {
        Person.Ada => new Actor("os:ada", Surface.Terminal, IsHuman: true),
        Person.Grace => new Actor("os:grace", Surface.Terminal, IsHuman: true),
        Person.GraceByMcp => new Actor("os:grace", Surface.Mcp, IsHuman: true),
        Person.GraceOfASchedule => new Actor("os:grace", Surface.Schedule, IsHuman: false),
        Person.Mallory => new Actor("os:mallory", Surface.Terminal, IsHuman: true),
        Person.Schedule => new Actor("schedule:nightly", Surface.Schedule, IsHuman: false),
        _ => Core.Actors.Actor.Missing,
    };

    /// <summary>The rule of the practice environment, stated once more by hand: Ada or Grace, at a terminal, and never for oneself.</summary>
    public static bool MayApprove(this Person approver, string requester) =>
        approver is Person.Ada or Person.Grace && approver.Actor().Id != requester;

    /// <summary>The rule on marks, stated once more by hand: anybody known but Mallory.</summary>
    public static bool MayWrite(this Person person) => person is not (Person.Mallory or Person.Nobody);
}
