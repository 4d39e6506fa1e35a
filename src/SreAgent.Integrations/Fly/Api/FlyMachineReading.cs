using System.Text.Json;
using SreAgent.Core.Rollouts;

namespace SreAgent.Integrations.Fly.Api;

/// <summary>What a machine says of itself, read out of its free-form configuration.</summary>
internal static class FlyMachineReading
{
    /// <summary>Groups of throwaway machines flyctl makes beside the application.</summary>
    private static readonly string[] HelperGroups = ["fly_app_release_command", "fly_app_console", "fly_app_test_machine_command", "fly_app_seed_command"];

    private static readonly string[] Gone = ["destroyed", "destroying", "replaced", "migrated"];

    private static readonly string[] AtRest = ["stopped", "stopping", "suspended", "suspending", "created"];

    /// <summary>
    /// Those that are the application: managed by Fly's platform, without helpers. An application made without flyctl has no managed ones;
    /// then all count.
    /// </summary>
    public static IReadOnlyList<FlyMachine> OfApplication(this IEnumerable<FlyMachine> machines)
    {
        var candidates = machines.Where(machine => !Gone.Contains(machine.State, StringComparer.Ordinal) && !HelperGroups.Contains(machine.Group(), StringComparer.Ordinal))
            .OrderBy(machine => machine.Id, StringComparer.Ordinal).ToArray();

        // One whose host does not answer may hide its metadata; leaving it out would be leaving out the very machine that matters.
        return candidates.Any(IsManaged) ? [.. candidates.Where(machine => machine.IsManaged() || !machine.IsReachable())] : candidates;
    }

    public static bool IsReachable(this FlyMachine machine) =>
        (machine.HostStatus is null or "ok") && machine.Config?.ValueKind == JsonValueKind.Object;

    /// <summary>Meant to take requests now. One that is stopped or suspended is idle, whoever stopped it.</summary>
    public static bool IsMeantToRun(this FlyMachine machine) => !AtRest.Contains(machine.State, StringComparer.Ordinal);

    /// <summary>The process group: <c>app</c> when nothing is said.</summary>
    public static string Group(this FlyMachine machine) => machine.Metadata("fly_process_group") ?? machine.Metadata("process_group") ?? "app";

    public static string? Metadata(this FlyMachine machine, string name) =>
        machine.Known() is { } config && config.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Pinned when Fly says the digest.</summary>
    public static ImageReference? Image(this FlyMachine machine)
    {
        if (machine.ImageRef is { Registry.Length: > 0, Repository.Length: > 0 } image)
        {
            return new ImageReference(image.Registry, image.Repository, image.Tag is { Length: > 0 } tag ? tag : null, image.Digest is { Length: > 0 } digest ? digest : null);
        }

        return ImageReference.TryParse(machine.ImageText() ?? "", out var reference) ? reference : null;
    }

    public static bool Runs(this FlyMachine machine, string digest) => string.Equals(machine.Image()?.Digest, digest, StringComparison.Ordinal);

    public static bool HasMounts(this FlyMachine machine) => machine.HasItems("mounts");

    /// <summary>Several containers in one machine, each with an image of its own.</summary>
    public static bool HasContainers(this FlyMachine machine) => machine.HasItems("containers");

    /// <summary>Size, as people write it: <c>shared-cpu-1x, 256 MB</c>.</summary>
    public static string Size(this FlyMachine machine)
    {
        if (machine.Known() is not { } config || !config.TryGetProperty("guest", out var guest) || guest.ValueKind != JsonValueKind.Object)
        {
            return "unknown size";
        }

        var kind = guest.TryGetProperty("cpu_kind", out var text) ? text.ToString() : "shared";
        var cpus = guest.TryGetProperty("cpus", out var count) ? count.ToString() : "1";
        var memory = guest.TryGetProperty("memory_mb", out var megabytes) ? megabytes.ToString() : "?";
        return $"{(kind == "shared" ? "shared-cpu" : kind)}-{cpus}x, {memory} MB";
    }

    private static string? ImageText(this FlyMachine machine) =>
        machine.Known() is { } config && config.TryGetProperty("image", out var image) && image.ValueKind == JsonValueKind.String ? image.GetString() : null;

    private static bool HasItems(this FlyMachine machine, string name) =>
        machine.Known() is { } config && config.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;

    private static bool IsManaged(this FlyMachine machine) => machine.Metadata("fly_platform_version") == "v2";

    /// <summary>Fit for looking only: it may be what was last known of an unreachable machine.</summary>
    private static JsonElement? Known(this FlyMachine machine) =>
        machine.Config is { ValueKind: JsonValueKind.Object } config ? config : machine.IncompleteConfig is { ValueKind: JsonValueKind.Object } known ? known : null;
}
