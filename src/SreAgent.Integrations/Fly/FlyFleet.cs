using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>From Fly's words to the product's.</summary>
internal static class FlyFleet
{
    public static Fleet From(string app, IReadOnlyList<FlyRelease> releases, IReadOnlyList<FlyMachine> machines, DateTimeOffset seenAt)
    {
        var fleet = new Fleet(app, [.. releases.Select(Release)], [.. machines.Select(Instance)], seenAt);
        return Unrecorded(fleet, machines) is { } unrecorded ? fleet with { Releases = [unrecorded, .. fleet.Releases] } : fleet;
    }

    /// <summary>
    /// What the machines run that no release record tells of, as after a deploy by the Machines API, ours included. Left out, the newest record
    /// would pass for what runs, and whoever asks what changed would be told that nothing did. Null when the newest record is what runs, is
    /// still under way, or the machines do not agree.
    /// </summary>
    private static Release? Unrecorded(Fleet fleet, IReadOnlyList<FlyMachine> machines)
    {
        if (fleet.Image is not { } image || fleet.Newest is not { Image: { } recorded } newest || newest.Status == ReleaseStatus.Running)
        {
            return null;
        }

        var same = recorded.IsPinned ? image.IsSameImageAs(recorded) : string.Equals(image.Tag, recorded.Tag, StringComparison.Ordinal);
        var since = machines.Select(machine => MachineVersion.MadeAt(machine.InstanceId)).Max();
        return !same && since is { } at && at > newest.CreatedAt ? new Release($"unrecorded-{image.Brief}", ReleaseStatus.Complete, image, at, By: null) : null;
    }

    public static Instance Instance(FlyMachine machine) => new(
        machine.Id,
        machine.InstanceId ?? "",
        machine.Region ?? "",
        machine.State ?? "unknown",
        machine.IsMeantToRun(),
        machine.IsReachable(),
        machine.Image(),
        machine.ImageRef?.Labels?.GetValueOrDefault(ImageDescription.CommitLabel) is { Length: > 0 } commit ? commit : null,
        [.. (machine.Checks ?? []).Select(check => new InstanceCheck(check.Name ?? "", check.Status ?? "unknown", check.Output ?? ""))]);

    public static Release Release(FlyRelease release) => new(
        ReleaseName(release.Version),
        Status(release),
        ImageReference.TryParse(release.ImageRef ?? "", out var image) ? image : null,
        release.CreatedAt,
        User(release.User));

    public static string ReleaseName(int version) => string.Create(CultureInfo.InvariantCulture, $"v{version}");

    private static ReleaseStatus Status(FlyRelease release) => release.Status?.ToUpperInvariant() switch
    {
        "COMPLETE" or "SUCCEEDED" => ReleaseStatus.Complete,
        "RUNNING" or "PENDING" => ReleaseStatus.Running,
        "FAILED" => ReleaseStatus.Failed,
        "INTERRUPTED" or "CANCELLED" => ReleaseStatus.Interrupted,
        _ => release.InProgress ? ReleaseStatus.Running : ReleaseStatus.Unknown,
    };

    private static string? User(JsonElement? user) => user switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } person when person.TryGetProperty("email", out var email) => email.GetString(),
        _ => null,
    };
}
