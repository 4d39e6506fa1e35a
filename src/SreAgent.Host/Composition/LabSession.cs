using SreAgent.Lab;

namespace SreAgent.Host.Composition;

/// <summary>The practice world as this process sees it: its own, or one another process runs.</summary>
internal sealed class LabSession : IAsyncDisposable
{
    private LabSession(LabNote note, PracticeWorld? own)
    {
        Note = note;
        Own = own;
    }

    public LabNote Note { get; }

    /// <summary>Absent when another process runs it.</summary>
    public PracticeWorld? Own { get; }

    /// <summary>Settings that point everything at the practice world.</summary>
    public IReadOnlyDictionary<string, string?> Settings => LabSettings.For(Note.Endpoints, Note.Worktrees);

    /// <summary>A lab that runs already; null when none does.</summary>
    public static LabSession? Attach() => LabNote.OfRunning() is { } note ? new LabSession(note, own: null) : null;

    /// <param name="options">What practice world.</param>
    /// <param name="waitsForSamples">Return only when its Prometheus, if there is one, has something to tell.</param>
    /// <param name="progress">Is told what takes long, and what has to be done without.</param>
    /// <param name="cancellationToken">Gives up, leaving nothing behind.</param>
    public static async Task<LabSession> StartAsync(PracticeOptions options, bool waitsForSamples, IProgress<string> progress, CancellationToken cancellationToken)
    {
        LabWorktrees.RemoveAbandoned();
        var world = await PracticeWorld.StartAsync(options, progress, cancellationToken);
        try
        {
            if (waitsForSamples)
            {
                await world.FirstSamplesAsync(cancellationToken);
            }
            else if (world.Prometheus is not null)
            {
                progress.Report("Prometheus has its first samples in five to ten seconds.");
            }

            var note = LabNote.Of(world);
            await LeaveAsync(note, progress, cancellationToken);
            return new LabSession(note, world);
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Own is null)
        {
            return;
        }

        if (LabNote.OfRunning()?.ProcessId == Note.ProcessId)
        {
            File.Delete(LabNote.FilePath);
        }

        await Own.DisposeAsync();
        LabWorktrees.Remove(Note.Worktrees);
    }

    private static async Task LeaveAsync(LabNote note, IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            await note.LeaveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            progress.Report($"A second terminal will not find this practice world: {LabNote.FilePath} could not be written ({exception.Message}).");
        }
    }
}
