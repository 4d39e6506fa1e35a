using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>
/// One change of configuration, the same for every machine. The mark is what tells a changed machine from an unchanged one, from outside and
/// at any time later.
/// </summary>
/// <param name="Name">For sentences and steps: <c>update</c>, <c>resize</c>.</param>
/// <param name="Wanted">The mark of a machine that has it.</param>
/// <param name="MarkOf">Reads a machine's mark.</param>
/// <param name="Apply">Changes a whole configuration.</param>
/// <param name="MinSecretsVersion">The secrets a machine must at least get. Null when any will do.</param>
internal sealed record MachineEdit(string Name, string Wanted, Func<FlyMachine, string> MarkOf, Action<JsonObject> Apply, long? MinSecretsVersion = null)
{
    private const string RefreshMark = "sre_agent_change";

    public bool IsDone(FlyMachine machine) => string.Equals(MarkOf(machine), Wanted, StringComparison.Ordinal);

    public JsonElement ConfigurationOf(FlyMachine machine)
    {
        var config = JsonObject.Create(machine.Config!.Value)!;
        Apply(config);
        return JsonSerializer.SerializeToElement(config, MachineJson.Default.JsonObject);
    }

    public static MachineEdit OfImage(string image, string digest) =>
        new("update", digest, machine => machine.Image()?.Digest ?? "", config => config["image"] = image);

    public static MachineEdit OfSize(MachineSize size) => new("resize", size.ToString(), machine => machine.Size(), size.Apply);

    /// <summary>Starts machines anew with the secrets as they are; the change goes into their metadata, so that it can be seen on which.</summary>
    public static MachineEdit OfSecrets(string change, long? version) => new(
        "refresh",
        change,
        machine => machine.Metadata(RefreshMark) ?? "",
        config =>
        {
            if (config["metadata"] is not JsonObject metadata)
            {
                config["metadata"] = metadata = [];
            }

            metadata[RefreshMark] = change;
        },
        version);
}
