using FsCheck;
using FsCheck.Fluent;

namespace SreAgent.Runtime.Tests.Guardrail.Hostile;

/// <summary>Makes sequences of attacks. Weighted so that approvals and executions often meet, since that is where a hole would be.</summary>
internal static class Attacks
{
    private static readonly string[] Tools =
        ["knob_turn_value", "knob_turn_value", "knob_turn_value", "knob_twist_value", "knob_destroy_target", "knob_read_value", "knob_write_note", "changes_approve_request", ""];

    public static Arbitrary<Attack[]> Sequences { get; } = Arb.From(Gen.ArrayOf(One(), 12), Shrink);

    private static Gen<Attack> One() => Gen.Frequency<Attack>(
        (6, from tool in Gen.Elements(Tools)
            from target in Gen.Choose(0, 1)
            from value in Gen.Choose(0, 2)
            from shape in Gen.Frequency((5, Gen.Constant(ArgumentShape.Honest)), (3, Gen.Elements(Enum.GetValues<ArgumentShape>())))
            from asker in Gen.Frequency((4, Gen.Constant(Asker.Ada)), (2, Gen.Elements(Enum.GetValues<Asker>())))
            select (Attack)new Attack.Call(tool, target, value, shape, asker)),
        (4, from target in Gen.Choose(0, 1) from value in Gen.Choose(0, 2) select (Attack)new Attack.RightfulApproval(target, value)),
        (5, from request in Gen.Choose(-1, 3)
            from approver in Gen.Frequency((4, Gen.Constant(Asker.Grace)), (2, Gen.Elements(Enum.GetValues<Asker>())))
            from lifted in Gen.Elements(true, false)
            select (Attack)new Attack.Approve(request, approver, lifted)),
        (1, from request in Gen.Choose(-1, 3) from denier in Gen.Elements(Enum.GetValues<Asker>()) select (Attack)new Attack.Deny(request, denier)),
        (5, from request in Gen.Choose(-1, 3) from replica in Gen.Elements(true, false) select (Attack)new Attack.Execute(request, replica)),
        (1, from request in Gen.Choose(0, 3) select (Attack)new Attack.RaceApprovals(request)),
        (1, from request in Gen.Choose(0, 3) select (Attack)new Attack.RaceExecutions(request)),
        (2, from times in Gen.Choose(1, 3) select (Attack)new Attack.Replay(times)),
        (1, from target in Gen.Choose(0, 1) from value in Gen.Choose(0, 2) select (Attack)new Attack.Drift(target, value)),
        (1, from target in Gen.Choose(0, 1) from value in Gen.Choose(0, 2) select (Attack)new Attack.EditRequest(target, value)),
        (1, from calls in Gen.Choose(0, 14) from failures in Gen.Choose(1, 6) select (Attack)new Attack.JamStore(calls, failures)),
        (1, from minutes in Gen.Choose(-45, 45) select (Attack)new Attack.MoveClock(minutes)),
        (1, from stop in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false))) select (Attack)new Attack.TurnKillSwitch(stop)));

    /// <summary>Leaves out one attack at a time: the shortest failing story is the one to read.</summary>
    private static IEnumerable<Attack[]> Shrink(Attack[] attacks) =>
        Enumerable.Range(0, attacks.Length).Select(index => attacks.Where((_, at) => at != index).ToArray());
}
