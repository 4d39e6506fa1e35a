using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using SreAgent.Lab;

namespace SreAgent.Host.Composition;

/// <summary>
/// Where a running practice world answers. Whoever starts one leaves this in the state folder, so that a second terminal finds it.
/// </summary>
internal sealed record LabNote
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    public required int ProcessId { get; init; }

    /// <summary>A process id alone may have been given out again; together with its start it is one process.</summary>
    public required DateTime ProcessStartedAt { get; init; }

    public required string Scenario { get; init; }

    /// <summary>Answers <c>/status</c> and <c>/journal</c>.</summary>
    public required Uri Control { get; init; }

    public required IReadOnlyList<LabEndpoint> Endpoints { get; init; }

    /// <summary>Where worktrees of its repositories live, for whoever joins it too. Goes with it.</summary>
    [JsonIgnore]
    public string Worktrees => LabWorktrees.FolderOf(ProcessId);

    public static string FilePath => Path.Combine(UserFolders.State, "lab.json");

    public static LabNote Of(PracticeWorld world)
    {
        using var self = Process.GetCurrentProcess();
        return new LabNote
        {
            ProcessId = self.Id,
            ProcessStartedAt = self.StartTime.ToUniversalTime(),
            Scenario = world.Scenario.Name,
            Control = world.Control,
            Endpoints = world.Endpoints,
        };
    }

    /// <summary>The note of a practice world whose process still runs; null when there is none.</summary>
    public static LabNote? OfRunning()
    {
        try
        {
            return JsonSerializer.Deserialize<LabNote>(File.ReadAllText(FilePath)) is { IsAlive: true } note ? note : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // No note, or one a dying process left half-written: no lab.
            return null;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(UserFolders.State);

        // One rename, so that nobody reads half a note.
        var written = $"{FilePath}.{ProcessId}";
        await File.WriteAllTextAsync(written, JsonSerializer.Serialize(this), cancellationToken);
        File.Move(written, FilePath, overwrite: true);
    }

    private bool IsAlive
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return (process.StartTime.ToUniversalTime() - ProcessStartedAt).Duration() < ClockSlack;
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                return false;
            }
        }
    }
}
