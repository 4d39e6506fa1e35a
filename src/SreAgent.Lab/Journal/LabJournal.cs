using Microsoft.AspNetCore.Http;
using SreAgent.Core.Changes;

namespace SreAgent.Lab.Journal;

/// <summary>
/// Every request that changed a simulated system, in order: what tests hold against the approvals that were given. Reads are not in it.
/// </summary>
public sealed class LabJournal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<LabJournalEntry> _entries = [];

    /// <summary>Oldest first; a copy.</summary>
    public IReadOnlyList<LabJournalEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <param name="system">The simulated system: <c>fly</c>.</param>
    /// <param name="request">The request that changed it.</param>
    /// <param name="summary">What changed, in a few words.</param>
    internal void Add(string system, HttpRequest request, string summary)
    {
        var change = request.Headers[ChangeInProgress.Header].ToString();
        Add(new LabJournalEntry(clock.GetUtcNow(), system, request.Method, request.Path, summary, change.Length > 0 ? change : null));
    }

    /// <summary>For what the lab does to itself, such as a scenario's bad deploy.</summary>
    internal void Add(LabJournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
        }
    }
}

/// <summary>One line of <c>lab journal</c>.</summary>
/// <param name="ChangeId">The change request the sender said it carries out. Absent when it named none.</param>
public sealed record LabJournalEntry(DateTimeOffset At, string System, string Method, string Path, string Summary, string? ChangeId);
