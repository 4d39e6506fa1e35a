using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Fly.State;

/// <summary>Who asks for something, and how the journal names what they changed.</summary>
internal sealed class FlyCaller
{
    private readonly Action<string, string> _record;

    private FlyCaller(string user, Action<string, string> record) => (User, _record) = (user, record);

    /// <summary>E-mail address.</summary>
    public string User { get; }

    /// <summary>A client over HTTP.</summary>
    public static FlyCaller Over(HttpRequest request, string user, LabJournal journal) =>
        new(user, (_, summary) => journal.Add("fly", request, summary));

    /// <summary>Somebody the lab plays, such as a pipeline that deploys.</summary>
    public static FlyCaller PlayedByLab(string user, LabJournal journal, TimeProvider clock) =>
        new(user, (path, summary) => journal.Add(new LabJournalEntry(clock.GetUtcNow(), "lab", "POST", path, $"{summary}, as {user}", ChangeId: null)));

    /// <param name="path">The resource, where there is no request that names it.</param>
    /// <param name="summary">What changed.</param>
    public void Changed(string path, string summary) => _record(path, summary);
}
