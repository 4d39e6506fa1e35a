using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Which image is to run.</summary>
/// <param name="Release">The release a rollback goes back to. Absent for a deploy, and when none was found.</param>
/// <param name="Image">Pinned, or why it could not be.</param>
internal sealed record RolloutTarget(Release? Release, Looked<ImageDescription> Image)
{
    /// <summary>For a rollback the releases decide, so it waits for them; a deploy's image is looked up beside them.</summary>
    public static async Task<RolloutTarget> FindAsync(RolloutWish wish, IRolloutPlatform platform, Task<Fleet> fleet, CancellationToken cancellationToken)
    {
        if (!wish.IsRollback)
        {
            return new RolloutTarget(null, await PinAsync(platform, wish.App, wish.To ?? "", cancellationToken));
        }

        var releases = await fleet;
        var release = wish.To is { Length: > 0 } asked ? Named(releases, asked) : releases.RollbackTarget;
        if (release is null)
        {
            return new RolloutTarget(null, Looked.Not<ImageDescription>(wish.To is { Length: > 0 } name
                ? $"{wish.App} has no release {name} among the {releases.Releases.Count} the platform keeps ({string.Join(", ", releases.Releases.Take(8).Select(one => one.Id))})."
                : $"{wish.App} has no earlier complete release with another image; there is nowhere to roll back to."));
        }

        return new RolloutTarget(release, release.Image is { } image
            ? await PinAsync(platform, wish.App, image.ToString(), cancellationToken)
            : Looked.Not<ImageDescription>($"The platform does not say which image release {release.Id} ran."));
    }

    /// <summary>By release id first; people also name the tag the release ran.</summary>
    private static Release? Named(Fleet fleet, string name) =>
        fleet.Releases.FirstOrDefault(release => string.Equals(release.Id, name, StringComparison.OrdinalIgnoreCase) || string.Equals(release.Id, "v" + name, StringComparison.OrdinalIgnoreCase))
        ?? fleet.Releases.FirstOrDefault(release => release.Status == ReleaseStatus.Complete && release.Image is { } image && (string.Equals(image.Tag, name, StringComparison.Ordinal) || string.Equals(image.ToString(), name, StringComparison.Ordinal)));

    private static Task<Looked<ImageDescription>> PinAsync(IRolloutPlatform platform, string app, string image, CancellationToken cancellationToken) =>
        Looked.TryAsync(async () => await platform.FindImageAsync(app, image, cancellationToken) is { Reference.IsPinned: true } found
            ? Looked.At(found)
            : Looked.Not<ImageDescription>($"The registry has no image '{image}' for {app} (any more)."));
}
