using System.Security.Cryptography;
using System.Text.Json;

namespace SreAgent.Lab.Fleet;

/// <summary>
/// An image in the lab's registry: a real OCI manifest and configuration, so that its digest is the digest of what the registry serves
/// (opencontainers/image-spec). It has no layers; what it does is decided by the fleet.
/// </summary>
public sealed class LabImage
{
    private LabImage(string app, string tag, IReadOnlyDictionary<string, string> labels, byte[] configuration, byte[] manifest)
    {
        (App, Tag, Labels, Configuration, Manifest) = (app, tag, labels, configuration, manifest);
        ConfigurationDigest = DigestOf(configuration);
        Digest = DigestOf(manifest);
    }

    public string App { get; }

    public string Tag { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public byte[] Configuration { get; }

    public string ConfigurationDigest { get; }

    public byte[] Manifest { get; }

    /// <summary><c>sha256:</c> and 64 hex digits over <see cref="Manifest"/>.</summary>
    public string Digest { get; }

    /// <param name="app">The application whose repository it lies in.</param>
    /// <param name="tag">Such as <c>v43</c>.</param>
    /// <param name="commit">Full hash it was built from.</param>
    /// <param name="builtAt">When.</param>
    public static LabImage Build(string app, string tag, string commit, DateTimeOffset builtAt)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["org.opencontainers.image.revision"] = commit,
            ["org.opencontainers.image.version"] = tag,
        };
        var configuration = JsonSerializer.SerializeToUtf8Bytes(new
        {
            created = builtAt.UtcDateTime,
            architecture = "amd64",
            os = "linux",
            config = new { Labels = labels },
            rootfs = new { type = "layers", diff_ids = Array.Empty<string>() },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = "application/vnd.oci.image.manifest.v1+json",
            config = new { mediaType = "application/vnd.oci.image.config.v1+json", digest = DigestOf(configuration), size = configuration.Length },
            layers = Array.Empty<object>(),
        });
        return new LabImage(app, tag, labels, configuration, manifest);
    }

    public override string ToString() => $"{App}:{Tag}";

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
