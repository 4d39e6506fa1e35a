using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly;

/// <summary>An application as the lab's own status shows it.</summary>
/// <param name="Releases">Newest first.</param>
public sealed record FlyAppView(string Name, IReadOnlyList<FlyMachineView> Machines, IReadOnlyList<FlyReleaseView> Releases);

/// <param name="InstanceId">Changes with every update.</param>
/// <param name="Image">The image's tag.</param>
/// <param name="Health">What its check sees now. Absent when it is not started.</param>
public sealed record FlyMachineView(
    string Id, string InstanceId, string Region, string State, string Image, string Digest, bool IsCordoned, LabHealth? Health);

/// <param name="Image">As the record names it.</param>
public sealed record FlyReleaseView(int Version, string Status, string Image, DateTimeOffset At, string By);
