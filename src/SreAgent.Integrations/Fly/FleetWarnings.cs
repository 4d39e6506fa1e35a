using SreAgent.Core.Rollouts;

namespace SreAgent.Integrations.Fly;

/// <summary>What a person should notice first about an application's machines.</summary>
internal static class FleetWarnings
{
    public static IReadOnlyList<string> Of(Fleet fleet)
    {
        var warnings = new List<string>();
        Add(fleet.Instances.Where(instance => !instance.IsReachable), "On a host that does not answer, cannot be changed now");
        Add(fleet.Instances.Where(instance => instance.IsRunning && instance.State != "started"), "Not started");
        Add(fleet.Instances.Where(instance => instance.IsRunning && instance.Checks.Any(check => !check.IsPassing)), "Checks not passing");
        var images = fleet.Instances.GroupBy(instance => instance.Image?.Digest ?? "unknown", StringComparer.Ordinal).ToArray();
        if (images.Length > 1)
        {
            warnings.Add($"Machines run different images: {string.Join("; ", images.Select(group => $"{group.First().Image?.Brief ?? "unknown"} on {Ids(group)}"))}.");
        }

        if (fleet.Newest is { Status: not ReleaseStatus.Complete } release)
        {
            warnings.Add($"The newest release {release.Id} is {release.Status.ToString().ToLowerInvariant()}.");
        }

        if (fleet is { Newest: { Status: ReleaseStatus.Complete, Image: { IsPinned: true } released }, Image: { } running } && !released.IsSameImageAs(running))
        {
            warnings.Add($"The machines run {running.Brief}, the newest release names {released.Brief}: something changed them without a release.");
        }

        return warnings;

        void Add(IEnumerable<Instance> instances, string what)
        {
            if (Ids(instances) is { Length: > 0 } ids)
            {
                warnings.Add($"{what}: {ids}.");
            }
        }
    }

    private static string Ids(IEnumerable<Instance> instances) => string.Join(", ", instances.Select(instance => instance.Id));
}
