using System.Text.RegularExpressions;

namespace SreAgent.Core.Rollouts;

/// <summary>
/// A container image by name: <c>registry/repository[:tag][@sha256:digest]</c>, as the distribution reference grammar has it
/// (distribution/reference). Only one with a digest names the same bytes tomorrow.
/// </summary>
/// <param name="Registry">Host, with port if it has one: <c>registry.fly.io</c>.</param>
/// <param name="Repository">Path below it: <c>checkout</c>.</param>
/// <param name="Tag">Absent when the reference has none.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hex digits. Absent when it is not pinned.</param>
public sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    public bool IsPinned => Digest is not null;

    /// <summary>As short as a person needs: the tag, else the first twelve digits of the digest.</summary>
    public string Brief => Tag ?? Digest?["sha256:".Length..][..12] ?? Repository;

    /// <summary>Reads a full reference; it must name its registry.</summary>
    public static bool TryParse(string text, out ImageReference? reference)
    {
        reference = Grammar().Match(text ?? "") is { Success: true } match
            ? new ImageReference(
                match.Groups["registry"].Value, match.Groups["repository"].Value,
                match.Groups["tag"] is { Success: true } tag ? tag.Value : null,
                match.Groups["digest"] is { Success: true } digest ? digest.Value : null)
            : null;
        return reference is not null;
    }

    /// <summary>Whether the two are the same bytes. Without two digests nobody knows, and the answer is no.</summary>
    public bool IsSameImageAs(ImageReference? other) =>
        Digest is not null && string.Equals(Digest, other?.Digest, StringComparison.Ordinal);

    public override string ToString() => $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    [GeneratedRegex(
        @"^(?<registry>[A-Za-z0-9.-]+(:\d{1,5})?)/(?<repository>[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)(:(?<tag>\w[\w.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Grammar();
}
