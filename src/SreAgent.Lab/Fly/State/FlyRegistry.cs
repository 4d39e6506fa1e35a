using SreAgent.Core.Rollouts;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly.State;

/// <summary>The images that can be had. Safe for several threads.</summary>
internal sealed class FlyRegistry(IEnumerable<LabImage> images)
{
    /// <summary>How references name it, whatever its address is.</summary>
    public const string Host = "registry.fly.io";

    private readonly Lock _access = new();
    private readonly List<LabImage> _images = [.. images];

    public static string Reference(LabImage image) => $"{Host}/{image.App}:{image.Tag}@{image.Digest}";

    public void Prune(LabImage image)
    {
        lock (_access)
        {
            _images.Remove(image);
        }
    }

    public IReadOnlyList<LabImage> In(string repository)
    {
        lock (_access)
        {
            return [.. _images.Where(image => string.Equals(image.App, repository, StringComparison.Ordinal))];
        }
    }

    /// <param name="repository">An application's name.</param>
    /// <param name="reference">A tag or a digest.</param>
    public LabImage? Find(string repository, string reference) => In(repository).FirstOrDefault(
        image => string.Equals(image.Tag, reference, StringComparison.Ordinal) || string.Equals(image.Digest, reference, StringComparison.Ordinal));

    /// <summary>What a full reference means now; the digest counts before the tag. Null when the registry has no such image.</summary>
    public LabImage? Resolve(string text) =>
        ImageReference.TryParse(text, out var reference) && string.Equals(reference!.Registry, Host, StringComparison.Ordinal)
            ? Find(reference.Repository, reference.Digest ?? reference.Tag ?? "latest")
            : null;
}
