using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What a plan says of the application as it is.</summary>
internal static class FleetFacts
{
    private const int Shown = 20;

    public static PlanFact Machines(Fleet fleet)
    {
        if (fleet.Instances.Count == 0)
        {
            return new PlanFact("machines", $"{fleet.App} has none now.");
        }

        var lines = fleet.Instances.Take(Shown).Select(instance =>
            $"\n{instance.Id} in {instance.Region}, {instance.State}{(instance.IsReachable ? "" : ", not reachable")}, {instance.Image?.Brief ?? "unknown image"}, {Checks(instance)}");
        var mixed = fleet.Image is null ? " They do not all run the same image." : "";
        return new PlanFact(
            "machines", $"{Count(fleet)} in {string.Join(", ", fleet.Regions)}; all are touched.{mixed}{string.Concat(lines)}{(fleet.Instances.Count > Shown ? $"\n… {fleet.Instances.Count - Shown} more" : "")}");
    }

    public static PlanFact WayBack(Release? release, RolloutWish wish) => new("rollback target", wish.IsRollback
        ? "This is the rollback."
        : release is null ? "None: the platform keeps no complete release of what runs now, so there is no way back but another deploy."
        : $"{release.Id}, {release.Image?.ToString() ?? "whose image the platform does not say"}, of {release.CreatedAt:u}.")
    { IsMinor = wish.IsRollback };

    public static string Now(Fleet fleet)
    {
        var release = fleet.Newest is { } newest ? $"release {newest.Id} ({newest.Status.ToString().ToLowerInvariant()})" : "no release on record";
        var image = fleet.Image is { } one ? one.ToString()
            : fleet.Instances.Count == 0 ? "nothing running"
            : $"mixed images ({string.Join(", ", fleet.Instances.Select(instance => instance.Image?.Brief ?? "unknown").Distinct(StringComparer.Ordinal))})";
        return $"{release}, {image}, {Count(fleet)}";
    }

    /// <summary>The release that runs now: the newest complete one of the running image, else the newest complete one where that cannot be told.</summary>
    public static Release? Running(Fleet fleet)
    {
        var complete = fleet.Releases.Where(release => release.Status == ReleaseStatus.Complete).ToArray();
        return fleet.Image is { } image
            ? complete.FirstOrDefault(release => release.Image is { } other && (other.IsPinned ? image.IsSameImageAs(other) : string.Equals(other.Tag, image.Tag, StringComparison.Ordinal)))
            : complete.FirstOrDefault();
    }

    /// <summary>The commit all instances say they were built from.</summary>
    public static string? Commit(Fleet fleet) =>
        fleet.Instances.Select(instance => instance.Commit).Distinct(StringComparer.Ordinal).ToArray() is [{ Length: > 0 } commit] ? commit : null;

    public static string Count(Fleet fleet) => fleet.Instances.Count == 1 ? "1 machine" : $"{fleet.Instances.Count} machines";

    private static string Checks(Instance instance) =>
        instance.Checks.Count == 0 ? "no checks" : $"{instance.Checks.Count(check => check.IsPassing)} of {instance.Checks.Count} checks passing";
}
