using System.Text.Json.Serialization;
using SreAgent.Core.Rollouts;

namespace SreAgent.Integrations.Fly;

internal sealed record AppView(string Name, string Status, int? Machines, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Service);

internal sealed record AppsResult(IReadOnlyList<AppView> Apps, bool MoreExist);

/// <param name="Warnings">What a person should notice first: hosts that do not answer, images that differ, checks that fail.</param>
internal sealed record StatusResult(string App, ReleaseView? Release, string? Image, IReadOnlyList<string> Warnings, IReadOnlyList<MachineView> Machines);

internal sealed record MachineView(string Id, string Version, string Region, string State, string Group, string Size, string? Image, string Host, IReadOnlyList<string> Checks);

internal sealed record ReleaseView(string Id, string Status, string? Image, DateTimeOffset CreatedAt, string? By)
{
    public static ReleaseView Of(Release release) => new(release.Id, release.Status.ToString().ToLowerInvariant(), release.Image?.ToString(), release.CreatedAt, release.By);
}

/// <param name="RollbackTarget">The newest complete release with another image than the one that runs.</param>
internal sealed record ReleasesResult(IReadOnlyList<ReleaseView> Releases, string? RollbackTarget, bool MoreExist);

internal sealed record LogsResult(IReadOnlyList<LogLine> Lines, bool MoreExist);

internal sealed record ResourcesResult(string Kind, IReadOnlyList<object> Items, bool MoreExist);

internal sealed record VolumeView(string Id, string Name, string State, string Region, int SizeGb, string? Machine, string Host, bool Encrypted);

internal sealed record CertificateView(string Hostname, string Status, bool Configured);

internal sealed record SecretView(string Name, string? UpdatedAt);

internal sealed record RegionView(string Code, string Name);

/// <summary>What there is to list of an application.</summary>
internal enum FlyResource
{
    Volumes = 0,
    Certificates,

    /// <summary>Names only.</summary>
    Secrets,

    /// <summary>Those Fly has, whatever the application.</summary>
    Regions,
}
