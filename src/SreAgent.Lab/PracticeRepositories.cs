using System.Text;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Git;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab;

/// <summary>
/// A real bare repository for each application of the fleet, with the commits its images were built from on <c>main</c> and a tag for each
/// image. They lie in a folder that goes on dispose.
/// </summary>
internal sealed class PracticeRepositories : IAsyncDisposable
{
    private PracticeRepositories(string folder, GitProgram git)
    {
        Folder = folder;
        Mirror = new RepositoryMirror(this, git);
    }

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    /// <summary>The folder as an address that can be written down and read again, which a path alone is not.</summary>
    public Uri Address => new(new Uri(Folder + "/").AbsoluteUri);

    public RepositoryMirror Mirror { get; }

    /// <exception cref="ServerUnavailableException">There is no git here, or it does not do; says which.</exception>
    public static async Task<PracticeRepositories> CreateAsync(LabImages images, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ServerUnavailableException("Worktrees need Linux or macOS.");
        }

        var git = GitProgram.Find();
        var repositories = new PracticeRepositories(Directory.CreateTempSubdirectory("sre-agent-repositories-").FullName, git);
        try
        {
            await Task.WhenAll(SampleFleet.Apps.Select(app => FillAsync(git, repositories, app, images.Of(app), cancellationToken)));
            return repositories;
        }
        catch (Exception e)
        {
            await repositories.DisposeAsync();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new ServerUnavailableException(e.Message, e);
            }

            throw;
        }
    }

    /// <summary>Where an application's repository lies.</summary>
    public string PathOf(string app) => Path.Combine(Folder, app + ".git");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task FillAsync(GitProgram git, PracticeRepositories repositories, string app, IReadOnlyList<LabBuild> builds, CancellationToken cancellationToken)
    {
        var path = repositories.PathOf(app);
        await git.RunAsync(repositories.Folder, ["init", "--quiet", "--bare", "--template=", "--", path], default, cancellationToken);

        // Older gits call the first branch something else, and have no option for it.
        await File.WriteAllTextAsync(Path.Combine(path, "HEAD"), "ref: refs/heads/main\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        var history = new ImportStream();
        foreach (var build in builds)
        {
            history.Commit("refs/heads/main", build.Commit.Author, build.Commit.Date, build.Commit.Message, build.Commit.Files, build.Image.Tag);
        }

        await git.RunAsync(path, ["fast-import", "--quiet"], history.Bytes, cancellationToken);
    }
}
