using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>From Fly's words to the product's.</summary>
internal static class FlyFleet
{
    public static Fleet From(string app, IReadOnlyList<FlyRelease> releases, IReadOnlyList<FlyMachine> machines, DateTimeOffset seenAt) =>
        new(app, [.. releases.Select(Release)], [.. machines.Select(Instance)], seenAt);

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
