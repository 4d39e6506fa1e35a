namespace SreAgent.Lab.Fleet;

/// <summary>Every image of the practice world, application by application, oldest first. Dates lie before the moment it is made for.</summary>
/// <param name="since">When the practice world begins.</param>
public sealed class LabImages(DateTimeOffset since)
{
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(4);

    public IReadOnlyList<LabBuild> All { get; } = [.. LabHistory.Entries.Select(entry => Build(entry, since - entry.Age))];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LabBuild> Of(string app) => [.. All.Where(build => build.Image.App == app)];

    /// <summary>What had been released when a tag was the latest, oldest first; the tag itself is last.</summary>
    public IReadOnlyList<LabBuild> UpTo(string app, string tag)
    {
        var builds = Of(app);
        return [.. builds.Take(1 + builds.ToList().FindIndex(build => build.Image.Tag == tag))];
    }

    public LabImage? Find(string app, string tag) => All.FirstOrDefault(build => build.Image.App == app && build.Image.Tag == tag)?.Image;

    private static LabBuild Build(LabHistoryEntry entry, DateTimeOffset date)
    {
        var commit = new LabCommit(LabCommit.IdOf(entry.App, entry.Tag), entry.Author, date, entry.Message, entry.Files);
        return new LabBuild(LabImage.Build(entry.App, entry.Tag, commit.Id, date + BuildTime), commit, entry.IsGreen);
    }
}
