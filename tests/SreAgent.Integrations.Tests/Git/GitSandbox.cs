using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>A remote with one commit on main, a folder for worktrees, and the integration over both. All of it real, all of it temporary.</summary>
internal sealed class GitSandbox : IAsyncDisposable
{
    public const string Repository = "checkout";

    private readonly ServiceProvider _provider;

    private GitSandbox(string folder, ServiceProvider provider) => (Folder, _provider) = (folder, provider);

    public string Folder { get; }

    /// <summary>The bare repository on the other side.</summary>
    public string Remote => Path.Combine(Folder, "remote.git");

    public string Root => Path.Combine(Folder, "root");

    /// <summary>Our own bare clone.</summary>
    public string Clone => Path.Combine(Root, "repositories", Repository + ".git");

    /// <summary>Written by whatever should never have run.</summary>
    public string Alarm => Path.Combine(Folder, "alarm");

    public GitTools Tools => _provider.GetServices<IToolset>().OfType<GitTools>().Single();

    public GitCommand Command => _provider.GetRequiredService<GitCommand>();

    public Worktrees Worktrees => _provider.GetRequiredService<Worktrees>();

    public IEnumerable<ISecretSource> Secrets => _provider.GetServices<ISecretSource>();

    public IIntegration Integration => _provider.GetServices<IIntegration>().Single();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="settings">Name under <c>Integrations:Git</c>, or under the repository when it begins with a dot; null takes one out.</param>
    /// <param name="secret">A configured secret of some other integration.</param>
    public static async Task<GitSandbox> CreateAsync((string Name, string? Value)[]? settings = null, string? secret = null)
    {
        var folder = Directory.CreateTempSubdirectory("sre-git-").FullName;
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Git:Root"] = Path.Combine(folder, "root"),
            ["Integrations:Git:TimeoutSeconds"] = "60",
            ["Integrations:Git:Author:Name"] = "Ada",
            ["Integrations:Git:Author:Email"] = "ada@example.com",
            [$"Integrations:Git:Repositories:{Repository}:Url"] = Path.Combine(folder, "remote.git"),
        };
        foreach (var (name, value) in settings ?? [])
        {
            var path = name.StartsWith('.') ? $"Integrations:Git:Repositories:{Repository}:{name[1..]}" : $"Integrations:Git:{name}";
            all[path] = value?.Replace("{folder}", folder, StringComparison.Ordinal);
        }

        var services = new ServiceCollection();
        if (secret is not null)
        {
            services.AddSingleton<ISecretSource>(new OneSecret(secret));
        }

        await RunAsync(folder, "init", "-q", "--bare", "-b", "main", "remote.git");
        await RunAsync(folder, "clone", "-q", "remote.git", "author");
        var author = Path.Combine(folder, "author");
        await File.WriteAllTextAsync(Path.Combine(author, "app.conf"), "pool = 10\ntimeout = 5\n", Token);
        await PublishAsync(author, "First");
        services.AddGit(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        return new GitSandbox(folder, services.BuildServiceProvider());
    }

    /// <summary>Somebody else's clone, whose pushes move the remote.</summary>
    public string Author => Path.Combine(Folder, "author");

    /// <summary>Commits everything in the author's clone and pushes it to main.</summary>
    public Task PublishAsync(string message) => PublishAsync(Author, message);

    public async Task<string> CreateWorktreeAsync(string branch = "sre/1-raise-pool-limit", string? from = null) =>
        Found<StatusView>(await Tools.CreateWorktreeAsync(Repository, branch, from, Token)).Worktree;

    public string FolderOf(string worktree) => Path.Combine(Root, "worktrees", worktree);

    public Task<string> RemoteHeadAsync(string branch) => RunAsync(Remote, "rev-parse", "--verify", $"refs/heads/{branch}");

    public Task<PendingPush> PendingAsync(string worktree, string branch) =>
        PendingPush.OfAsync(Worktrees.Find(worktree), "origin", branch, Command, Token);

    public Task<ToolResult> EditAsync(string worktree, params FileEdit[] edits) => Tools.EditFilesAsync(worktree, edits, Token);

    public static T Found<T>(ToolResult result) => Assert.IsType<T>(Assert.IsType<ToolResult.Found>(result).Data);

    /// <summary>A shell line that raises the alarm.</summary>
    public string RaisesAlarm => $"#!/bin/sh\necho \"$0\" >> '{Alarm}'\n";

    public static void Plant(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
    }

    public static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    public static Task<string> RunAsync(string folder, params string[] arguments) => RealGit.RunAsync(folder, arguments);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task PublishAsync(string author, string message)
    {
        await RunAsync(author, "add", "-A");
        await RunAsync(author, "commit", "-q", "-m", message);
        await RunAsync(author, "push", "-q", "origin", "HEAD:main");
    }

    private sealed class OneSecret(string secret) : ISecretSource
    {
        public IEnumerable<string> Secrets => [secret];
    }
}
