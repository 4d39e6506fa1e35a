using System.Diagnostics;
using System.Text.Json;
using SreAgent.Lab;
using SreAgent.Lab.Servers;

namespace SreAgent.Host.Composition;

/// <summary>
/// The practice world as this process sees it: its own, or one another process runs. Whoever starts it leaves a note of where it answers,
/// so that a second terminal finds it.
/// </summary>
internal sealed class LabSession : IAsyncDisposable
{
    private readonly PracticeWorld? _own;

    private LabSession(LabNote note, PracticeWorld? own)
    {
        Note = note;
        _own = own;
    }

    public LabNote Note { get; }

    public bool StartedHere => _own is not null;

    private static string NotePath => Path.Combine(UserFolders.State, "lab.json");

    /// <summary>Settings that point the integrations at the practice world and its environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Integrations:Prometheus:BaseUrl"] = Note.Prometheus.ToString(),
                ["Integrations:Prometheus:Environment"] = "practice",
                ["Guardrails:DefaultEnvironment"] = "practice",
            };
            if (Note.Alertmanager is { } alertmanager)
            {
                settings["Integrations:Alertmanager:BaseUrl"] = alertmanager.ToString();
                settings["Integrations:Alertmanager:Environment"] = "practice";
            }

            return settings;
        }
    }

    /// <summary>A lab that runs already; null when none does.</summary>
    public static LabSession? Attach()
    {
        try
        {
            return JsonSerializer.Deserialize<LabNote>(File.ReadAllText(NotePath)) is { } note && IsAlive(note) ? new LabSession(note, own: null) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // No note, or one a dying process left half-written: no lab.
            return null;
        }
    }

    /// <exception cref="ServerUnavailableException">There is no Prometheus to be had; the message says how to get one.</exception>
    public static async Task<LabSession> StartAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var world = await PracticeWorld.StartAsync(progress, cancellationToken);
        using var self = Process.GetCurrentProcess();
        var note = new LabNote(self.Id, self.StartTime.ToUniversalTime(), world.Prometheus, world.Alertmanager);
        try
        {
            Directory.CreateDirectory(UserFolders.State);
            await File.WriteAllTextAsync(NotePath, JsonSerializer.Serialize(note), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            progress.Report($"A second terminal will not find this practice world: {NotePath} could not be written ({exception.Message}).");
        }

        return new LabSession(note, world);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is null)
        {
            return;
        }

        if (Attach()?.Note.ProcessId == Note.ProcessId)
        {
            File.Delete(NotePath);
        }

        await _own.DisposeAsync();
    }

    /// <summary>A process id alone may have been given out again; together with its start it is one process.</summary>
    private static bool IsAlive(LabNote note)
    {
        try
        {
            using var process = Process.GetProcessById(note.ProcessId);
            return (process.StartTime.ToUniversalTime() - note.ProcessStartedAt).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>Where a running practice world answers.</summary>
internal sealed record LabNote(int ProcessId, DateTime ProcessStartedAt, Uri Prometheus, Uri? Alertmanager);
