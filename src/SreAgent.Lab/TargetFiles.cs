using System.Text.Json;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab;

/// <summary>
/// Files that tell Prometheus where everything is (file-based service discovery), in a folder that goes on dispose. Each is replaced in one
/// step, so that it is never read half-written; Prometheus takes up to ten seconds to act on a change.
/// </summary>
internal sealed class TargetFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-targets-").FullName;
    private readonly Lock _gate = new();
    private bool _gone;

    public TargetFiles()
    {
        foreach (var file in new[] { Fleet, Edge, Alertmanager })
        {
            Write(file, []);
        }
    }

    public string Fleet => Path.Combine(_folder, "fleet.json");

    public string Edge => Path.Combine(_folder, "edge.json");

    public string Alertmanager => Path.Combine(_folder, "alertmanager.json");

    /// <summary>The machines' labels do not name the version: that changes under a target, and is the metrics' to say.</summary>
    public void WriteFleet(FleetHost fleet)
    {
        lock (_gate)
        {
            Write(Fleet, [.. fleet.Machines.Select(machine => new TargetGroup([machine.Address.Authority], new(StringComparer.Ordinal)
            {
                ["service"] = machine.Machine.App,
                ["app"] = machine.Machine.App,
                ["machine"] = machine.Machine.Id,
                ["region"] = machine.Machine.Region,
            }))]);
        }
    }

    public void WriteOne(string file, Uri address)
    {
        lock (_gate)
        {
            Write(file, [new TargetGroup([address.Authority], new(StringComparer.Ordinal))]);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _gone = true;
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Write(string file, TargetGroup[] groups)
    {
        if (_gone)
        {
            return;
        }

        File.WriteAllText(file + ".new", JsonSerializer.Serialize(groups, JsonSerializerOptions.Web));
        File.Move(file + ".new", file, overwrite: true);
    }

    private sealed record TargetGroup(string[] Targets, Dictionary<string, string> Labels);
}
