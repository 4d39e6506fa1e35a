using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Machines;

namespace SreAgent.Integrations.Fly;

/// <summary>What an approver reads before machines are scaled or restarted or secrets are set.</summary>
internal static class OperationPlans
{
    public static ChangePlan Scale(ScaleWish wish, Fleet fleet, IReadOnlyList<FlyMachine> machines)
    {
        var add = wish.Missing(machines);
        var remove = wish.Surplus(machines);
        var resized = wish.Size is { } size ? machines.Count(machine => machine.Size() != size.ToString()) : 0;
        var groups = machines.Select(machine => machine.Group()).Distinct(StringComparer.Ordinal).ToArray();
        var bound = remove.Where(machine => machine.HasMounts()).Select(machine => machine.Id).ToArray();
        var where = wish.Region is null ? "" : $" in {wish.Region}";
        string[] parts =
        [
            .. add > 0 ? [$"add {add} machines{where}"] : Array.Empty<string>(),
            .. remove.Count > 0 ? [$"take away {string.Join(", ", remove.Select(machine => machine.Id))}"] : Array.Empty<string>(),
            .. resized > 0 ? [$"resize {resized} machines to {wish.Size}"] : Array.Empty<string>(),
        ];
        return new ChangePlan(
            parts.Length == 0 ? $"Nothing of {wish.App} would change." : $"{Capital(string.Join(" and ", parts))} of {wish.App}.",
            wish.App,
            Describe(machines),
            $"{(wish.Count is { } count ? $"{count} machines{where}" : $"{machines.Count} machines")}{(wish.Size is null ? "" : $", each {wish.Size}")}.",
            resized > 0 ? "Machines that are resized start anew, a part of them at a time; the others serve meanwhile. A single machine is away while it starts."
                : remove.Count > 0 ? "Requests in flight on a machine that goes are lost; the rest take its load." : "None for users. More machines cost more.",
            $"Scale back to {Describe(machines)} A machine taken away is made anew from the same configuration; what was written to its own disk is lost.",
            fleet.Fingerprint + $" sizes={string.Join(',', machines.Select(machine => machine.Size()))}")
        {
            Preflight =
            [
                Reachable(machines),
                new PreflightCheck("something to do", parts.Length > 0, parts.Length > 0 ? string.Join(", ", parts) : "It is so already."),
                new PreflightCheck("one process group", wish.Count is null || groups.Length <= 1, $"Machines are of {string.Join(", ", groups)}; a number can only be set where there is one group."),
                new PreflightCheck("no volume is left behind", bound.Length == 0, bound.Length == 0 ? "No machine that would go has a volume." : $"With a volume of their own: {string.Join(", ", bound)}."),
                new PreflightCheck("can be copied", add == 0 || machines.Any(machine => machine.IsReachable() && !machine.HasMounts()), "New machines are copies of one that is there; one with a volume cannot be copied."),
            ],
        };
    }

    public static ChangePlan Restart(Fleet fleet, IReadOnlyList<FlyMachine> machines) => new(
        $"Restart {(machines.Count == 1 ? $"machine {machines[0].Id}" : $"{machines.Count} machines, one by one,")} of {fleet.App}.",
        fleet.App,
        Describe(machines),
        "The same, started anew, with their checks passing.",
        machines.Count == 1 && fleet.Instances.Count(instance => instance.IsRunning) == 1 ? "Nothing serves while the only running machine restarts." : "One machine is away at a time; the others serve. What a machine holds in memory is lost.",
        "A restart cannot be taken back, and need not be: nothing is configured otherwise.",
        fleet.Fingerprint)
    {
        Preflight = [Reachable(machines)],
    };

    /// <param name="fleet">The application now.</param>
    /// <param name="secrets">Those to set.</param>
    /// <param name="digests">What Fly says of them now.</param>
    public static ChangePlan SetSecrets(Fleet fleet, IReadOnlyList<ReferencedSecret> secrets, IReadOnlyDictionary<string, string> digests)
    {
        var without = secrets.Where(secret => string.IsNullOrEmpty(secret.TryRead())).Select(secret => secret.Name).ToArray();
        var hidden = fleet.Instances.Where(instance => !instance.IsReachable).Select(instance => instance.Id).ToArray();
        return new ChangePlan(
            $"Set {string.Join(", ", secrets.Select(secret => secret.Name))} of {fleet.App} and start its {fleet.Instances.Count} machines anew with them.",
            fleet.App,
            string.Join(", ", secrets.Select(secret => $"{secret.Name} {(digests[secret.Name].Length == 0 ? "does not exist" : "exists")}")) + ".",
            string.Join(", ", secrets.Select(secret => $"{secret.Name} from {secret.Source}")) + ".",
            "Every machine starts anew, a part of them at a time. If the application cannot work with a new value, machines fail; those touched get their configuration back, not the old value.",
            "Fly does not give old values back: set the old value again from where it is kept.",
            fleet.Fingerprint + $" secrets={string.Join(',', digests.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}@{pair.Value}"))}")
        {
            Preflight =
            [
                new PreflightCheck("machines", hidden.Length == 0, hidden.Length == 0 ? "All are on hosts that answer." : $"Cannot be changed now: {string.Join(", ", hidden)}."),
                new PreflightCheck("values at hand", without.Length == 0, without.Length == 0 ? "Each has a value where the settings say." : $"Without a value: {string.Join(", ", without)}."),
            ],
        };
    }

    private static string Describe(IReadOnlyList<FlyMachine> machines) =>
        machines.Count == 0 ? "no machine." : string.Join(", ", machines.GroupBy(machine => $"{machine.Region}, {machine.Size()}", StringComparer.Ordinal).Select(group => $"{group.Count()} in {group.Key}")) + ".";

    private static PreflightCheck Reachable(IReadOnlyList<FlyMachine> machines)
    {
        var hidden = machines.Where(machine => !machine.IsReachable()).Select(machine => machine.Id).ToArray();
        return new PreflightCheck("machines", hidden.Length == 0 && machines.Count > 0, hidden.Length == 0 ? $"{machines.Count} machines, all on hosts that answer." : $"Cannot be changed now: {string.Join(", ", hidden)}.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
