using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>The gates before a human is asked (G9) that the application's own state decides.</summary>
internal static class PreflightChecks
{
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
        checks.Add(fleet.Newest is { Status: ReleaseStatus.Running } running
            ? new PreflightCheck("nothing else under way", Passed: false, $"release {running.Id} of {running.CreatedAt:u} is still running; wait for it or end it first.")
            : new PreflightCheck("nothing else under way", Passed: true, fleet.Newest is { } newest ? $"the newest release, {newest.Id}, is {newest.Status.ToString().ToLowerInvariant()}" : "no release is on record"));
        if (target.Image.Value is { } wanted)
        {
            checks.Add(wanted.Reference.IsSameImageAs(fleet.Image)
                ? new PreflightCheck("something to do", Passed: false, $"all machines run {wanted.Reference.Brief} ({wanted.Reference.Digest}) already; nothing to do.")
                : new PreflightCheck("something to do", Passed: true, $"it is not what runs now ({fleet.Image?.Brief ?? "mixed or none"})"));
        }

        return checks;
    }

    private static PreflightCheck Reachable(Fleet fleet)
    {
        var lost = fleet.Instances.Where(instance => !instance.IsReachable).Select(instance => $"{instance.Id} in {instance.Region} ({instance.State})").ToArray();
        return lost.Length > 0
            ? new PreflightCheck("every machine reachable", Passed: false, $"{lost.Length} of {fleet.Instances.Count} cannot be seen or changed: {string.Join(", ", lost)}.")
            : new PreflightCheck("every machine reachable", Passed: true, FleetFacts.Count(fleet));
    }
}
