using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SreAgent.Core.Changes;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>
/// What a step is about to do to one machine: enough for another process to see whether it was done, and to put it back. The configuration
/// before is not kept here, since it holds environment values; Fly keeps it under the version.
/// </summary>
/// <param name="Version">Its <c>instance_id</c> before.</param>
/// <param name="Mark">Its mark before.</param>
/// <param name="Wanted">Its mark afterwards.</param>
/// <param name="Runs">Whether it was meant to take requests.</param>
internal sealed record MachineIntent(string Machine, string Version, string Mark, string Wanted, bool Runs)
{
    public override string ToString() => JsonSerializer.Serialize(this, MachineJson.Default.MachineIntent);

    public static MachineIntent Parse(string intent) => JsonSerializer.Deserialize(intent, MachineJson.Default.MachineIntent)!;

    public static MachineIntent Of(ChangeStep step) => Parse(step.Intent);
}

[JsonSerializable(typeof(MachineIntent))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MachineJson : JsonSerializerContext;
