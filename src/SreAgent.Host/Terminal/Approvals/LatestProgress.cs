using System.Collections.Concurrent;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>Progress sentences from whatever thread they come, taken by the one that writes to the screen.</summary>
internal sealed class LatestProgress : IProgress<string>
{
    private readonly ConcurrentQueue<string> _new = new();

    public string? Latest { get; private set; }

    public void Report(string value) => _new.Enqueue(value);

    public IEnumerable<string> TakeNew()
    {
        while (_new.TryDequeue(out var message))
        {
            Latest = message;
            yield return message;
        }
    }
}
