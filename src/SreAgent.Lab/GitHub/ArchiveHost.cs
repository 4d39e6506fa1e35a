using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.Http;

namespace SreAgent.Lab.GitHub;

/// <summary>
/// The other host, codeload, to which GitHub sends whoever asks for an archive. It knows no tokens of users: a private repository's archive
/// has one of its own in its address, good for five minutes.
/// </summary>
internal sealed class ArchiveHost(GitHubWorld world, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string Repository, DateTimeOffset Until)> _links = new(StringComparer.Ordinal);
    private LabServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken) =>
        _server = await LabServer.StartAsync(routes => routes.MapGet("/{owner}/{repo}/legacy.tar.gz/{sha}", SendAsync), before: null, cancellationToken);

    /// <summary>Where an archive is to be fetched. Called under the world's gate.</summary>
    public string LinkTo(RepositoryState repository, CommitState commit)
    {
        var address = $"{_server?.Address}{repository.FullName}/legacy.tar.gz/{commit.Sha}";
        if (!repository.IsPrivate)
        {
            return address;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        _links[token] = (repository.FullName, clock.GetUtcNow() + LinkLife);
        return $"{address}?token={token}";
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task SendAsync(HttpContext context)
    {
        var name = $"{context.GetRouteValue("owner")}/{context.GetRouteValue("repo")}";
        CommitState? commit;
        lock (world.Gate)
        {
            var repository = world.Find(name);
            commit = repository is null || (repository.IsPrivate && !Holds(context.Request.Query["token"].ToString(), repository)) ? null
                : repository.Commits.GetValueOrDefault($"{context.GetRouteValue("sha")}");
        }

        if (commit is null)
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("404: Not Found", context.RequestAborted);
            return;
        }

        var archive = Archive(commit, $"{name.Replace('/', '-')}-{commit.Sha[..7]}");
        context.Response.ContentType = "application/x-gzip";
        await context.Response.Body.WriteAsync(archive, context.RequestAborted);
    }

    private bool Holds(string token, RepositoryState repository) =>
        _links.TryGetValue(token, out var link) && link.Repository == repository.FullName && clock.GetUtcNow() < link.Until;

    /// <summary>As git makes it: the commit's hash in a global header, everything in one folder, without what attributes keep out of archives.</summary>
    private static byte[] Archive(CommitState commit, string folder)
    {
        using var content = new MemoryStream();
        using (var zip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            tar.WriteEntry(new PaxGlobalExtendedAttributesTarEntry([KeyValuePair.Create("comment", commit.Sha)]));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, folder + "/"));
            foreach (var (path, text) in commit.Files.Where(file => !IsKeptOut(commit, file.Key)))
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{folder}/{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return content.ToArray();
    }

    /// <summary>Attributes at the root that name a file or folder plainly; git knows many more ways.</summary>
    private static bool IsKeptOut(CommitState commit, string path) =>
        commit.Files.GetValueOrDefault(".gitattributes") is { } attributes
        && attributes.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words.Skip(1).Contains("export-ignore", StringComparer.Ordinal))
            .Select(words => words[0].Trim('/'))
            .Any(pattern => path == pattern || path.StartsWith($"{pattern}/", StringComparison.Ordinal));
}
