using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>A machine's size as Fly sells it: kind, processors, memory.</summary>
internal sealed partial record MachineSize(string Kind, int Cpus, int MemoryMb)
{
    private const int Step = 256;

    /// <param name="name">Such as shared-cpu-2x or performance-1x.</param>
    /// <param name="memoryMb">Null for the least this size comes with.</param>
    /// <exception cref="ToolException">Fly has no such size.</exception>
    public static MachineSize Parse(string name, int? memoryMb)
    {
        var match = Form().Match(name);
        if (!match.Success)
        {
            throw new ToolException($"'{name}' is not a machine size; say shared-cpu-1x, -2x, -4x, -8x, or performance-1x, -2x, -4x, -8x, -16x.");
        }

        var shared = match.Groups["kind"].Value == "shared-cpu";
        var cpus = int.Parse(match.Groups["cpus"].Value, CultureInfo.InvariantCulture);
        return new MachineSize(shared ? "shared" : "performance", cpus, 0).WithMemory(memoryMb ?? cpus * Least(shared));
    }

    /// <summary>Reads what <see cref="Api.FlyMachineReading.Size"/> shows. Null when it is unknown.</summary>
    public static MachineSize? FromShown(string shown) =>
        Shown().Match(shown) is { Success: true } match ? Parse(match.Groups["name"].Value, int.Parse(match.Groups["memory"].Value, CultureInfo.InvariantCulture)) : null;

    public MachineSize WithMemory(int memoryMb)
    {
        var least = Cpus * Least(Kind == "shared");
        var most = Cpus * (Kind == "shared" ? 2048 : 8192);
        return memoryMb >= least && memoryMb <= most && memoryMb % Step == 0
            ? this with { MemoryMb = memoryMb }
            : throw new ToolException($"{this.Name} takes {least} to {most} MB of memory, in steps of {Step}, not {memoryMb}.");
    }

    public string Name => $"{(Kind == "shared" ? "shared-cpu" : Kind)}-{Cpus.ToString(CultureInfo.InvariantCulture)}x";

    public void Apply(JsonObject config)
    {
        if (config["guest"] is not JsonObject guest)
        {
            config["guest"] = guest = [];
        }

        guest["cpu_kind"] = Kind;
        guest["cpus"] = Cpus;
        guest["memory_mb"] = MemoryMb;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}, {MemoryMb} MB");

    private static int Least(bool shared) => shared ? 256 : 2048;

    [GeneratedRegex(@"^((?<kind>shared-cpu)-(?<cpus>1|2|4|8)x|(?<kind>performance)-(?<cpus>1|2|4|8|16)x)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?<name>(shared-cpu|performance)-\d+x), (?<memory>\d{2,6}) MB\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Shown();
}
