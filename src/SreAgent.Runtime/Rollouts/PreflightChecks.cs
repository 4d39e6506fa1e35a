using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>The gates before a human is asked (G9) that the application's own state decides.</summary>
internal static class PreflightChecks
{
    private const string UnderWay = "nothing else under way";

    public static IReadOnlyList<PreflightCheck> Of(RolloutWish wish, Fleet fleet, RolloutTarget target)
    {
        List<PreflightCheck> checks = [];
        if (wish.IsRollback)
        {
            checks.Add(target.Release is { } release
                ? new PreflightCheck("rollback target known", Passed: true, $"release {release.Id} of {release.CreatedAt:u}")
                : new PreflightCheck("rollback target known", Passed: false, target.Image.Problem ?? "there is none."));
        }

        if (!wish.IsRollback || target.Release is not null)
        {
            checks.Add(target.Image.Value is { } image
                ? new PreflightCheck("image exists", Passed: true, image.Reference.ToString())
                : new PreflightCheck("image exists", Passed: false, target.Image.Problem ?? "it was not found."));
        }

        checks.Add(Reachable(fleet));
        checks.Add(NothingElse(wish, fleet));
        if (target.Image.Value is { } wanted)
        {
            checks.Add(wanted.Reference.IsSameImageAs(fleet.Image)
                ? new PreflightCheck("something to do", Passed: false, $"all machines run {wanted.Reference.Brief} ({wanted.Reference.Digest}) already; nothing to do.")
                : new PreflightCheck("something to do", Passed: true, $"it is not what runs now ({fleet.Image?.Brief ?? "mixed or none"})"));
        }

        return checks;
    }

    /// <summary>
    /// A deploy whose process was killed is marked as running for ever; nobody may be kept from the way back by that. Where one really is under
    /// way, the platform's own locks keep the rollback off.
    /// </summary>
    private static PreflightCheck NothingElse(RolloutWish wish, Fleet fleet) => (fleet.Newest, wish.IsRollback) switch
    {
        ({ Status: ReleaseStatus.Running } running, false) =>
            new PreflightCheck(UnderWay, Passed: false, $"release {running.Id} of {running.CreatedAt:u} is still running; wait for it or end it first."),
        ({ Status: ReleaseStatus.Running } running, true) =>
            new PreflightCheck(UnderWay, Passed: true, $"release {running.Id} of {running.CreatedAt:u} is marked as running; if somebody is really carrying it out, this will be refused when it begins."),
        ({ } newest, _) => new PreflightCheck(UnderWay, Passed: true, $"the newest release, {newest.Id}, is {newest.Status.ToString().ToLowerInvariant()}"),
        _ => new PreflightCheck(UnderWay, Passed: true, "no release is on record"),
    };

    private static PreflightCheck Reachable(Fleet fleet)
    {
        var lost = fleet.Instances.Where(instance => !instance.IsReachable).Select(instance => $"{instance.Id} in {instance.Region} ({instance.State})").ToArray();
        return lost.Length > 0
            ? new PreflightCheck("every machine reachable", Passed: false, $"{lost.Length} of {fleet.Instances.Count} cannot be seen or changed: {string.Join(", ", lost)}.")
            : new PreflightCheck("every machine reachable", Passed: true, FleetFacts.Count(fleet));
    }
}
