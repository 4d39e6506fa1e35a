using SreAgent.Lab.Git;

namespace SreAgent.Lab.Fleet;

/// <summary>
/// Every image of the practice world, application by application, oldest first. Dates lie before the moment it is made for, and with them the
/// hashes of the commits differ from one world to the next; for the same moment they are the same.
/// </summary>
/// <param name="since">When the practice world begins.</param>
public sealed class LabImages(DateTimeOffset since)
{
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(4);

    public IReadOnlyList<LabBuild> All { get; } =
    [
        .. LabHistory.Entries.GroupBy(entry => entry.App, StringComparer.Ordinal)
            .SelectMany(history => Build(history, DateTimeOffset.FromUnixTimeSeconds(since.ToUnixTimeSeconds()))),
    ];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LabBuild> Of(string app) => [.. All.Where(build => build.Image.App == app)];

    /// <summary>What had been released when a tag was the latest, oldest first; the tag itself is last.</summary>
    public IReadOnlyList<LabBuild> UpTo(string app, string tag)
    {
        var builds = Of(app);
        return [.. builds.Take(1 + builds.ToList().FindIndex(build => build.Image.Tag == tag))];
    }

    public LabImage? Find(string app, string tag) => All.FirstOrDefault(build => build.Image.App == app && build.Image.Tag == tag)?.Image;

    /// <summary>One application's commits, each made on the one before.</summary>
    private static IEnumerable<LabBuild> Build(IEnumerable<LabHistoryEntry> history, DateTimeOffset since)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] parents = [];
        foreach (var entry in history)
        {
            foreach (var (path, content) in entry.Files)
            {
                if (content is null)
                {
                    files.Remove(path);
                }
                else
                {
                    files[path] = content;
                }
            }

            var date = since - entry.Age;
            var id = GitObjects.CommitId(GitObjects.TreeId(files), parents, entry.Author, date, entry.Message);
            yield return new LabBuild(LabImage.Build(entry.App, entry.Tag, id, date + BuildTime), new LabCommit(id, entry.Author, date, entry.Message, entry.Files), entry.IsGreen);
            parents = [id];
        }
    }
}
