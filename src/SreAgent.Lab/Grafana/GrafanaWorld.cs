using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Grafana;

/// <summary>Everything the simulator knows. Annotations and silences are read and changed under <see cref="Gate"/>.</summary>
internal sealed class GrafanaWorld(GrafanaSeed seed, LabJournal journal, TimeProvider clock)
{
    private long _lastId = 100;

    public GrafanaSeed Seed => seed;

    public Lock Gate { get; } = new();

    public List<AnnotationState> Annotations { get; } = [];

    public List<SilenceState> Silences { get; } = [];

    public GrafanaRenderer Renderer { get; set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Titles of folders in the order they are first named; a folder's uid and id follow from its place.</summary>
    public IReadOnlyList<string> Folders { get; } =
        [.. seed.Dashboards.Select(dashboard => dashboard.Folder).Concat(seed.AlertRules.Select(rule => rule.Folder)).OfType<string>().Distinct(StringComparer.Ordinal)];

    public long NextId() => Interlocked.Increment(ref _lastId);

    public string FolderUid(string title) => $"folder-{FolderId(title)}";

    public int FolderId(string title) => Folders.ToList().IndexOf(title) + 1;

    public void Changed(HttpContext context, string summary) => journal.Add("grafana", context.Request, summary);
}

/// <summary>Moments are epoch milliseconds, as Grafana keeps them.</summary>
internal sealed class AnnotationState(long id, string login, long created)
{
    public long Id => id;

    public string Login => login;

    public long Created { get; } = created;

    public long Updated { get; set; } = created;

    /// <summary>Absent: for the whole organisation.</summary>
    public string? Dashboard { get; init; }

    public int Panel { get; init; }

    public long Time { get; set; }

    /// <summary>The same as <see cref="Time"/> when it is no region.</summary>
    public long TimeEnd { get; set; }

    public string Text { get; set; } = "";

    public IReadOnlyList<string> Tags { get; set; } = [];
}

/// <param name="Matchers">As they came.</param>
internal sealed record SilenceState(
    string Id, System.Text.Json.JsonElement Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string CreatedBy, string Comment, DateTimeOffset UpdatedAt);
