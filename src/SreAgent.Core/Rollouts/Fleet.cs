namespace SreAgent.Core.Rollouts;

/// <summary>What runs of one application on a platform, at one moment.</summary>
/// <param name="App">As the platform names it.</param>
/// <param name="Releases">Newest first. Empty when the platform keeps none.</param>
/// <param name="Instances">Those the platform manages for this application; helpers such as a release command's machine are left out.</param>
/// <param name="SeenAt">When it was looked at.</param>
public sealed record Fleet(string App, IReadOnlyList<Release> Releases, IReadOnlyList<Instance> Instances, DateTimeOffset SeenAt)
{
    /// <summary>The newest release, finished or not. Absent when the platform keeps none.</summary>
    public Release? Newest => Releases.Count > 0 ? Releases[0] : null;

    /// <summary>
    /// The image that runs: the one all instances share. Absent when there is no instance, or they do not agree.
    /// </summary>
    public ImageReference? Image =>
        Instances.Count > 0 && Instances[0].Image is { Digest: not null } first && Instances.All(instance => first.IsSameImageAs(instance.Image)) ? first : null;

    public IReadOnlyList<string> Regions => [.. Instances.Select(instance => instance.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>
    /// What a decision about this application rests on, in one stable line: newest release, and every instance with its version and image.
    /// Whether an instance is started is left out, since platforms start and stop idle ones by themselves.
    /// </summary>
    public string Fingerprint =>
        $"{App} release={Newest?.Id ?? "none"} instances="
        + string.Join(',', Instances.OrderBy(instance => instance.Id, StringComparer.Ordinal).Select(instance => $"{instance.Id}@{instance.Version}@{instance.Image?.Digest ?? "?"}"));

    /// <summary>
    /// Where a rollback goes: the newest complete release whose image is another than the one that runs. The newest release counts only where
    /// that is certain, since not every change leaves a release: then what runs is not what it made. Absent when there is none.
    /// </summary>
    public Release? RollbackTarget
    {
        get
        {
            var complete = Releases.Where(release => release is { Status: ReleaseStatus.Complete, Image: not null });
            if (Instances.Count > 0 && Image is null)
            {
                // A change that broke off half way: some run the newest complete release and some do not.
                return complete.FirstOrDefault();
            }

            var running = Image ?? Newest?.Image;
            return running is null ? null : complete.FirstOrDefault(
                release => !Same(release.Image!, running) && (release != Newest || Comparable(release.Image!, running))); // Those without one are left out.
        }
    }

    private static bool Comparable(ImageReference one, ImageReference other) => (one.IsPinned && other.IsPinned) || (one.Tag is not null && other.Tag is not null);

    // Release records may name an image by tag alone; the same text is then the best there is.
    private static bool Same(ImageReference one, ImageReference other) =>
        one.IsPinned && other.IsPinned ? one.IsSameImageAs(other) : string.Equals(one.Repository, other.Repository, StringComparison.Ordinal) && string.Equals(one.Tag, other.Tag, StringComparison.Ordinal);
}

/// <param name="Id">As people say it: <c>v42</c>.</param>
/// <param name="Image">Absent when the platform does not say.</param>
/// <param name="By">Who made it. Absent when the platform does not say.</param>
public sealed record Release(string Id, ReleaseStatus Status, ImageReference? Image, DateTimeOffset CreatedAt, string? By);

public enum ReleaseStatus
{
    Unknown = 0,
    Running,
    Complete,
    Failed,
    Interrupted,
}

/// <param name="Id">As the platform names it.</param>
/// <param name="Version">Changes with every change of its configuration: Fly's <c>instance_id</c>.</param>
/// <param name="State">In the platform's words: <c>started</c>.</param>
/// <param name="IsRunning">It is meant to take requests now. One that is stopped because it is idle is not.</param>
/// <param name="IsReachable">The platform can see and change it. One that is not must never be changed from what was last seen.</param>
/// <param name="Commit">The commit its image says it was built from. Absent when it does not say.</param>
/// <param name="Checks">Its health checks; empty when it has none.</param>
public sealed record Instance(
    string Id, string Version, string Region, string State, bool IsRunning, bool IsReachable, ImageReference? Image, string? Commit, IReadOnlyList<InstanceCheck> Checks);

/// <param name="Status">passing, warning or critical, as the platform says.</param>
/// <param name="Output">What the check saw. Outside text.</param>
public sealed record InstanceCheck(string Name, string Status, string Output)
{
    public bool IsPassing => string.Equals(Status, "passing", StringComparison.OrdinalIgnoreCase);
}
