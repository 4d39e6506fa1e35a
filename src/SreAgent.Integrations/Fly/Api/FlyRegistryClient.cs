using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly.Api;

/// <remarks>The digest is computed from the manifest's bytes, not believed from a header.</remarks>
internal sealed partial class FlyRegistryClient(ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IFlyRegistry
{
    public const string ClientName = "Fly registry";

    private const int LargestDocument = 4 << 20;

    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly FlyExchange _fly = new(ClientName, options, clients, clock);

    public async Task<FlyRegistryImage?> FindAsync(string repository, string reference, CancellationToken cancellationToken)
    {
        if (!Repository().IsMatch(repository) || !Reference().IsMatch(reference))
        {
            throw new ToolException("That can be no image's name: a repository is lower-case letters, digits and separators, and what follows it a tag or a sha256 digest.");
        }

        var reply = await ReadAsync(repository, $"manifests/{reference}", cancellationToken);
        if (reply.Refusal?.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var bytes = reply.OrThrow();
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        if (reference.StartsWith("sha256:", StringComparison.Ordinal) && !string.Equals(reference, digest, StringComparison.Ordinal))
        {
            throw new ToolException($"The registry answered {repository}@{reference} with a manifest of another digest ({digest}); nothing of it was used. A proxy in between may be changing answers.");
        }

        return new FlyRegistryImage(digest, await LabelsAsync(repository, bytes, cancellationToken));
    }

    private async Task<IReadOnlyDictionary<string, string>> LabelsAsync(string repository, byte[] manifest, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(manifest);
            if (Platform(json.RootElement) is { } inner)
            {
                var reply = await ReadAsync(repository, $"manifests/{inner}", cancellationToken);
                using var chosen = reply.Value is { } found ? JsonDocument.Parse(found) : null;
                return chosen is null ? NoLabels : await ConfigLabelsAsync(repository, chosen.RootElement, cancellationToken);
            }

            return await ConfigLabelsAsync(repository, json.RootElement, cancellationToken);
        }
        catch (Exception e) when (e is ToolException or JsonException or InvalidOperationException)
        {
            // They are told when known; the image exists all the same. InvalidOperationException is what JsonElement calls JSON of another shape.
            return NoLabels;
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> ConfigLabelsAsync(string repository, JsonElement manifest, CancellationToken cancellationToken)
    {
        if (!manifest.TryGetProperty("config", out var config) || Digest(config) is not { } digest)
        {
            return NoLabels;
        }

        var reply = await ReadAsync(repository, $"blobs/{digest}", cancellationToken);
        if (reply.Value is not { } bytes)
        {
            return NoLabels;
        }

        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.TryGetProperty("config", out var inner) && inner.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? labels.EnumerateObject().Where(label => label.Value.ValueKind == JsonValueKind.String).ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal)
            : NoLabels;
    }

    /// <summary>Of an index, the manifest for the machines Fly has; null for a plain manifest.</summary>
    private static string? Platform(JsonElement manifest) =>
        manifest.TryGetProperty("manifests", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(entry => entry.TryGetProperty("platform", out var platform)
                && platform.TryGetProperty("architecture", out var architecture) && architecture.ValueEquals("amd64")
                && platform.TryGetProperty("os", out var os) && os.ValueEquals("linux")).Select(Digest).FirstOrDefault()
            : null;

    private static string? Digest(JsonElement entry) =>
        entry.TryGetProperty("digest", out var digest) && digest.GetString() is { } text && text.StartsWith("sha256:", StringComparison.Ordinal) && text[7..].All(char.IsAsciiHexDigit) ? text : null;

    private Task<FlyReply<byte[]>> ReadAsync(string repository, string what, CancellationToken cancellationToken) =>
        _fly.TryGetAsync($"v2/{repository}/{what}", Manifests, BytesAsync, cancellationToken);

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, cancellationToken);
        return buffer.Length <= LargestDocument ? buffer.ToArray() : throw new ToolException("The registry sent a manifest larger than 4 MB; nothing of it was used.");
    }

    // Both as the OCI distribution specification has them ("Pulling manifests"): nothing that fits can lead to another endpoint.
    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|sha256:[0-9a-f]{64})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Reference();
}
