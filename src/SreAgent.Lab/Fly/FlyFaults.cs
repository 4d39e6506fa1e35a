namespace SreAgent.Lab.Fly;

/// <summary>What goes wrong, and when: set by scenarios and tests, read by the simulator. Safe for several threads.</summary>
public sealed class FlyFaults
{
    private readonly Lock _access = new();
    private readonly List<UpdateFault> _updates = [];
    private readonly HashSet<string> _unhealthy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _neverStarting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreachable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unpullable = new(StringComparer.Ordinal);

    /// <summary>The next updates are answered with an error.</summary>
    /// <param name="count">How many.</param>
    /// <param name="status">409, 412, 422, 429 or 500.</param>
    /// <param name="machineId">Only those of this machine. Absent for any.</param>
    /// <param name="afterApplying">The update is made all the same, and only its answer is an error: what a lost response looks like.</param>
    public void FailUpdates(int count, int status, string? machineId = null, bool afterApplying = false)
    {
        lock (_access)
        {
            _updates.AddRange(Enumerable.Repeat(new UpdateFault(status, machineId, afterApplying), count));
        }
    }

    /// <summary>The machine's checks fail whatever its service says.</summary>
    public void NeverHealthy(string machineId) => Set(_unhealthy, machineId, isOn: true);

    /// <summary>From its next launch on the machine stays in <c>starting</c>.</summary>
    public void NeverStarting(string machineId) => Set(_neverStarting, machineId, isOn: true);

    /// <summary>The machine's host cannot be reached: its configuration is not known and it cannot be changed.</summary>
    public void Unreachable(string machineId) => Set(_unreachable, machineId, isOn: true);

    /// <summary>
    /// Updates to the image are taken, but its layers cannot be fetched, and the machine goes back to what it ran, started, as if nothing had
    /// been asked of it.
    /// </summary>
    /// <param name="digest">The image's.</param>
    public void PullFails(string digest) => Set(_unpullable, digest, isOn: true);

    /// <summary>The machine is well again in every respect.</summary>
    public void Heal(string machineId)
    {
        Set(_unhealthy, machineId, isOn: false);
        Set(_neverStarting, machineId, isOn: false);
        Set(_unreachable, machineId, isOn: false);
    }

    internal bool IsUnhealthy(string machineId) => Has(_unhealthy, machineId);

    internal bool IsNeverStarting(string machineId) => Has(_neverStarting, machineId);

    internal bool IsUnreachable(string machineId) => Has(_unreachable, machineId);

    internal bool IsUnpullable(string digest) => Has(_unpullable, digest);

    /// <summary>The fault meant for this update, which is thereby used up.</summary>
    internal UpdateFault? TakeUpdateFault(string machineId)
    {
        lock (_access)
        {
            var at = _updates.FindIndex(fault => fault.MachineId is null || string.Equals(fault.MachineId, machineId, StringComparison.Ordinal));
            if (at < 0)
            {
                return null;
            }

            var fault = _updates[at];
            _updates.RemoveAt(at);
            return fault;
        }
    }

    private void Set(HashSet<string> set, string id, bool isOn)
    {
        lock (_access)
        {
            _ = isOn ? set.Add(id) : set.Remove(id);
        }
    }

    private bool Has(HashSet<string> set, string id)
    {
        lock (_access)
        {
            return set.Contains(id);
        }
    }
}

internal sealed record UpdateFault(int Status, string? MachineId, bool AfterApplying);
