namespace SreAgent.Lab.Fleet;

/// <summary>What one application's machines have logged; the oldest lines go when there are too many.</summary>
internal sealed class AppLog(TimeProvider clock)
{
    private const int Kept = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<LabLogLine> _lines = new();

    /// <summary>Oldest first; a copy.</summary>
    public IReadOnlyList<LabLogLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Add(LabMachine machine, string level, string text)
    {
        lock (_gate)
        {
            _lines.Enqueue(new LabLogLine(clock.GetUtcNow(), level, machine.Id, machine.Region, text));
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }
}
