using System.Text.Json;
using SreAgent.Host.Composition;
using SreAgent.Host.Tests.Story;
using SreAgent.Lab;
using SreAgent.Lab.Scenarios;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Worktrees;

/// <summary>A practice world without metrics, and an installation of the real program that is pointed at it.</summary>
public sealed class WorktreeWorld : IAsyncLifetime
{
    private PracticeWorld? _world;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PracticeWorld World => _world ?? throw new InvalidOperationException("The world has not started.");

    /// <summary>With a home and worktrees of its own.</summary>
    internal Installation Installation()
    {
        var installation = new Installation();
        foreach (var (setting, value) in LabSettings.For(World.Endpoints, Path.Combine(installation.Home, "git")))
        {
            installation.With(setting, value ?? "");
        }

        return installation;
    }

    /// <summary>Asks git about an application's repository, as a person would.</summary>
    public Task<string> GitAsync(string app, params string[] arguments) =>
        RealGit.RunAsync(Path.Combine(World.Endpoints.Single(endpoint => endpoint.Name == "git").Address.LocalPath, app + ".git"), arguments);

    public async ValueTask InitializeAsync()
    {
        _world = await PracticeWorld.StartAsync(new PracticeOptions { Scenario = ScenarioCatalogue.Find("healthy")!, Metrics = false }, new Progress<string>(), Token); // The catalogue has it.
        Assert.Null(_world.WithoutGitBecause);
    }

    public ValueTask DisposeAsync() => _world?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The story's steps, each through the guardrail.</summary>
internal static class WorktreeSteps
{
    /// <summary>A worktree with one committed file more.</summary>
    public static async Task<string> CommittedAsync(this Installation installation, string branch)
    {
        var worktree = await installation.EditedAsync(branch);
        await installation.FoundAsync("git_commit_changes", new { worktree, message = "Say why" });
        return worktree;
    }

    /// <summary>A worktree with one file more, not committed.</summary>
    public static async Task<string> EditedAsync(this Installation installation, string branch)
    {
        var worktree = (await installation.FoundAsync("git_create_worktree", new { repository = "checkout", branch })).GetProperty("worktree").GetString()!;
        await installation.FoundAsync("git_edit_files", new { worktree, edits = new[] { new { path = $"docs/{Guid.NewGuid():n}.md", content = "Why.\n" } } });
        return worktree;
    }

    /// <summary>The data of a call that must succeed.</summary>
    public static async Task<JsonElement> FoundAsync(this Installation installation, string tool, object arguments)
    {
        var (status, answer) = await installation.CallAsync(tool, arguments);
        Assert.True(status == 0, answer.GetRawText());
        return answer.GetProperty("data");
    }
}
