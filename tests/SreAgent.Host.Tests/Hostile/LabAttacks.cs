using FsCheck;
using FsCheck.Fluent;
using SreAgent.Host.Tests.Tools;
using SreAgent.Testing.Practice;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>Makes sequences of attacks. Weighted so that approvals and executions often meet, since that is where a hole would be.</summary>
internal static class LabAttacks
{
    /// <summary>One for each way a machine can be changed; what follows an approval is the same whatever the service.</summary>
    private static readonly string[] Changes = ["fly_deploy", "fly_rollback", "fly_restart", "fly_scale", "fly_set_secrets"];

    private static readonly string[] Writes =
        ["github_create_issue", "github_create_issue_comment", "github_update_issue", "grafana_create_annotation", "github_create_pull_request", "github_create_review"];

    private static readonly string[] All = [.. WholeCatalogue.Tools.Where(tool => tool.Toolset != "git").Select(tool => tool.Name), "fly_destroy", "changes_approve_request", "FLY_DEPLOY", "fly_deploy ", "shell", ""];

    /// <summary>Git runs as real processes, each some milliseconds: seldom, and over thousands of sequences still often.</summary>
    private static readonly string[] Git = [.. WholeCatalogue.Tools.Where(tool => tool.Toolset == "git").Select(tool => tool.Name)];

    private static Gen<Plea> Any { get; } =
        from tool in Gen.Frequency((20, Gen.Elements(Changes)), (25, Gen.Elements(Writes)), (54, Gen.Elements(All)), (1, Gen.Elements(Git)))
        from app in Gen.Choose(0, 3)
        from detail in Gen.Choose(0, 999)
        from shape in Gen.Frequency((1, Gen.Constant(Shape.Honest)), (3, Gen.Elements(Enum.GetValues<Shape>())))
        from asker in Gen.Frequency((3, Gen.Constant(Person.Ada)), (2, Gen.Elements(Enum.GetValues<Person>())))
        from role in Gen.Frequency((3, Gen.Constant(Role.Sre)), (2, Gen.Elements(Enum.GetValues<Role>())))
        select new Plea(tool, app, detail, shape, asker, role);

    private static Gen<Plea> Rightful { get; } =
        from tool in Gen.Frequency((40, Gen.Elements(Changes)), (1, Gen.Elements("git_push_protected_branch", "git_discard_worktree")))
        from app in Gen.Choose(0, 3)
        from detail in Gen.Choose(0, 999)
        select new Plea(tool, app, detail, Shape.Honest, Person.Ada, Role.Sre);

    /// <summary>Seldom a forged one.</summary>
    private static Gen<int> Request { get; } = Gen.Frequency((1, Gen.Constant(-1)), (6, Gen.Choose(0, 1)));

    private static Gen<bool> Coin { get; } = Gen.Elements(true, false);

    private static Gen<LabAttack> One { get; } = Gen.Frequency<LabAttack>(
        (14, from plea in Any from replica in Coin select (LabAttack)new LabAttack.Call(plea, replica)),
        (4, from plea in Rightful select (LabAttack)new LabAttack.RightfulApproval(plea)),
        (5, from request in Request
            from approver in Gen.Frequency((2, Gen.Constant(Person.Grace)), (3, Gen.Elements(Enum.GetValues<Person>())))
            from lifted in Coin
            from replica in Coin
            select (LabAttack)new LabAttack.Approve(request, approver, lifted, replica)),
        (6, from request in Request from replica in Coin select (LabAttack)new LabAttack.Execute(request, replica)),
        (1, from request in Request from denier in Gen.Elements(Enum.GetValues<Person>()) select (LabAttack)new LabAttack.Deny(request, denier)),
        (1, from request in Request select (LabAttack)new LabAttack.RaceApprovals(request)),
        (2, from request in Request select (LabAttack)new LabAttack.RaceExecutions(request)),
        (1, Gen.Constant((LabAttack)new LabAttack.RaceCalls())),
        (1, from times in Gen.Choose(1, 2) select (LabAttack)new LabAttack.Replay(times)),
        (1, from app in Gen.Choose(0, 3) from image in Gen.Choose(0, 4) select (LabAttack)new LabAttack.Drift(app, image)),
        (1, from app in Gen.Choose(0, 3)
            from machine in Gen.Choose(0, 2)
            from kind in Gen.Elements(Enum.GetValues<MachineTrouble>())
            select (LabAttack)new LabAttack.Trouble(app, machine, kind)),
        (2, from edit in Gen.Elements(Enum.GetValues<RequestEdit>()) from plea in Rightful select (LabAttack)new LabAttack.EditRequests(edit, plea)),
        (1, from replica in Coin select (LabAttack)new LabAttack.Recover(replica)),
        (1, from calls in Gen.Choose(0, 20) from failures in Gen.Choose(1, 6) select (LabAttack)new LabAttack.JamStore(calls, failures)),
        (1, from minutes in Gen.Choose(-45, 45) select (LabAttack)new LabAttack.MoveClock(minutes)),
        (1, from stop in Gen.Frequency((1, Gen.Constant(true)), (2, Gen.Constant(false))) select (LabAttack)new LabAttack.TurnKillSwitch(stop)));

    // After what it is made of: static members are made in the order they stand in.
    public static Arbitrary<LabAttack[]> Sequences { get; } = Arb.From(
        from length in Gen.Choose(2, 5) from attacks in Gen.ArrayOf(One, length) select attacks, Shrink);

    /// <summary>Leaves out one attack at a time: the shortest failing story is the one to read.</summary>
    private static IEnumerable<LabAttack[]> Shrink(LabAttack[] attacks) =>
        Enumerable.Range(0, attacks.Length).Select(index => attacks.Where((_, at) => at != index).ToArray());
}
