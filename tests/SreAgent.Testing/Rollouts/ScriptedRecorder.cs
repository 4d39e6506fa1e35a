using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Testing.Rollouts;

/// <summary>A recorder whose records are a list.</summary>
public sealed class ScriptedRecorder : IRolloutRecorder
{
    public string Name => "grafana";

    public List<RolloutRecord> Opened { get; } = [];

    public List<RolloutEnding> Closed { get; } = [];

    public string? Down { get; set; }

    public bool Takes(RolloutRecord record) => true;

    public Task<string> OpenAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        Refuse();
        Opened.Add(record);
        return Task.FromResult($"annotation {Opened.Count}");
    }

    public Task<string?> FindAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        Refuse();
        return Task.FromResult(Opened.Count > 0 ? $"annotation {Opened.Count}" : null);
    }

    public Task CloseAsync(RolloutRecord record, string handle, RolloutEnding ending, CancellationToken cancellationToken)
    {
        Refuse();
        if (Closed.Count == 0)
        {
            Closed.Add(ending);
        }

        return Task.CompletedTask;
    }

    private void Refuse()
    {
        if (Down is { } why)
        {
            throw new ToolException(why);
        }
    }
}
