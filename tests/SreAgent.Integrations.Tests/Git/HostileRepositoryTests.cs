using System.Diagnostics;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>Whoever writes what a repository contains, or puts something beside it, starts nothing on this host.</summary>
public class HostileRepositoryTests
{
    private const string Branch = "sre/1-a";

    private static readonly string[] Hooks =
    [
        "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "post-merge", "pre-push", "pre-auto-gc", "post-index-change",
        "reference-transaction", "fsmonitor-watchman", "post-rewrite", "applypatch-msg", "update", "post-update",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_hook_runs_wherever_it_is_planted()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var planted = Path.Combine(sandbox.Folder, "planted");
        await sandbox.CreateWorktreeAsync("sre/0-first");
        foreach (var hook in Hooks)
        {
            GitSandbox.Plant(Path.Combine(sandbox.Clone, "hooks", hook), sandbox.RaisesAlarm);
            GitSandbox.Plant(Path.Combine(planted, hook), sandbox.RaisesAlarm);
            GitSandbox.Plant(Path.Combine(sandbox.Root, "home", ".githooks", hook), sandbox.RaisesAlarm);
        }

        await StoryAsync(sandbox);
        await GitSandbox.RunAsync(sandbox.Clone, "config", "core.hooksPath", planted);
        await StoryAsync(sandbox, "sre/2-b");

        Assert.False(File.Exists(sandbox.Alarm), "a hook ran");
    }

    [Fact]
    public async Task Nothing_the_repository_contains_and_no_configuration_beside_it_starts_a_program()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var program = Path.Combine(sandbox.Folder, "evil.sh");
        GitSandbox.Plant(program, sandbox.RaisesAlarm + "cat\n");
        await sandbox.CreateWorktreeAsync("sre/0-first");

        // Attributes that name drivers, and drivers that somebody got into the configuration of our clone.
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, ".gitattributes"), "* filter=evil diff=evil merge=evil\n", Token);
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, ".gitmodules"), $"[submodule \"x\"]\n\tpath = x\n\turl = ext::{program}\n\tupdate = !{program}\n", Token);
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, ".gitconfig"), $"[core]\n\tfsmonitor = {program}\n", Token);
        await GitSandbox.RunAsync(sandbox.Author, "update-index", "--add", "--cacheinfo", $"160000,{await sandbox.RemoteHeadAsync("main")},x");
        await sandbox.PublishAsync("Evil");
        foreach (var name in new[] { "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.fsmonitor", "core.sshCommand", "core.gitProxy", "gpg.program", "core.editor", "core.askPass", "core.pager" })
        {
            await GitSandbox.RunAsync(sandbox.Clone, "config", name, program);
        }

        foreach (var name in new[] { "diff.external", "diff.evil.command", "diff.evil.textconv", "merge.evil.driver", "sequence.editor" })
        {
            await GitSandbox.RunAsync(sandbox.Clone, "config", name, program);
        }

        await GitSandbox.RunAsync(sandbox.Clone, "config", "commit.gpgSign", "true");

        await StoryAsync(sandbox);

        Assert.False(File.Exists(sandbox.Alarm), File.Exists(sandbox.Alarm) ? await File.ReadAllTextAsync(sandbox.Alarm, Token) : "");
    }

    [Fact]
    public async Task The_environment_of_this_process_does_not_reach_git()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var surroundings = new GitSurroundings(new GitOptions { Root = sandbox.Root });

        var environment = surroundings.Environment(new GitCall(null, "status"));

        Assert.All(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_EXEC_PATH", "LD_PRELOAD"], name => Assert.DoesNotContain(name, environment.Keys));
        Assert.Equal(("1", "/dev/null", "0", "C", "none"), (environment["GIT_CONFIG_NOSYSTEM"], environment["GIT_CONFIG_GLOBAL"], environment["GIT_TERMINAL_PROMPT"], environment["LC_ALL"], environment["GIT_ALLOW_PROTOCOL"]));
        Assert.All(environment["PATH"].Split(':'), folder => Assert.StartsWith("/", folder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ext::sh -c 'touch {alarm}'")]
    [InlineData("fd::17")]
    [InlineData("--upload-pack=touch {alarm}")]
    [InlineData("ssh://-oProxyCommand=touch/x")]
    [InlineData("-oProxyCommand=touch:x")]
    [InlineData("https://user:hunter2hunter2@example.com/x.git")]
    [InlineData("ftp://example.com/x.git")]
    [InlineData("../elsewhere.git")]
    public void An_address_that_could_start_a_program_is_none(string text)
    {
        Assert.False(RemoteAddress.TryParse(text, out _, out var wrong));
        Assert.DoesNotContain("hunter2", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/acme/checkout.git", "https")]
    [InlineData("git@github.com:acme/checkout.git", "ssh")]
    [InlineData("ssh://git@github.com:22/acme/checkout.git", "ssh")]
    [InlineData("file:///srv/git/checkout.git", "file")]
    [InlineData("/srv/git/checkout.git", "file")]
    public void An_address_allows_its_own_protocol_and_no_other(string text, string protocol)
    {
        Assert.True(RemoteAddress.TryParse(text, out var address, out _));
        Assert.Equal(protocol, address.Protocol);
    }

    [Fact]
    public async Task Git_itself_is_told_to_refuse_other_protocols()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var remote = await sandbox.Worktrees.Repositories[0].RemoteAsync(Token);

        var ext = await sandbox.Command.AskAsync(new GitCall(null, "ls-remote", "--", $"ext::sh -c 'touch {sandbox.Alarm}'") { Remote = remote }, Token);
        var nobody = await sandbox.Command.AskAsync(new GitCall(null, "ls-remote", "--", sandbox.Remote), Token);

        Assert.Contains("transport 'ext' not allowed", ext.Error, StringComparison.Ordinal);
        Assert.Contains("transport 'file' not allowed", nobody.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(sandbox.Alarm));
    }

    [Theory]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("-B")]
    [InlineData("--")]
    [InlineData("@{-1}")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a;touch x")]
    [InlineData("refs/heads/main")]
    [InlineData("HEAD")]
    [InlineData("main\u200b")]
    [InlineData("mаin")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [InlineData("a/.b")]
    [InlineData("a.lock")]
    [InlineData("../../x")]
    [InlineData("")]
    public async Task A_name_that_is_an_option_an_expression_or_a_disguise_is_no_branch(string name)
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var branch = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync(name));

        Assert.Contains("cannot be a branch here", branch.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(sandbox.Root, "worktrees")));
    }

    [Theory]
    [InlineData("--output=/tmp/x")]
    [InlineData("main@{1}")]
    [InlineData(":/First")]
    [InlineData("main^")]
    [InlineData("deadbeefdeadbeef")]
    public async Task A_start_that_is_an_option_or_an_expression_is_none(string from)
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync(Branch);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync("sre/2-b", from));
        var against = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.ShowDiffAsync(worktree, from, cancellationToken: Token));

        Assert.All([fault, against], refused => Assert.Contains("has no branch, tag or commit", refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("checkout/../../home")]
    [InlineData("checkout")]
    [InlineData("checkout/none-000000")]
    [InlineData("other/sre-1-a-000000")]
    public async Task A_worktree_is_named_by_its_id_and_never_by_a_path(string id)
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.ShowStatusAsync(id, Token));

        Assert.Contains("git_list_worktrees", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_points_to_another_repository_is_no_worktree()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync(Branch);
        await File.WriteAllTextAsync(Path.Combine(sandbox.FolderOf(worktree), ".git"), $"gitdir: {Path.Combine(sandbox.Author, ".git")}\n", Token);

        await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.CommitChangesAsync(worktree, "x", Token));
    }

    [Fact]
    public async Task A_program_that_hangs_is_ended_with_everything_it_started()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var program = Path.Combine(sandbox.Folder, "slow.sh");
        GitSandbox.Plant(program, $"#!/bin/sh\nsleep 600 &\necho $! > '{sandbox.Alarm}'\nwait\n");

        var outcome = await BoundedProcess.RunAsync(
            new ProcessRequest(program, [], new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" }, sandbox.Folder, default, 100, TimeSpan.FromSeconds(1)), TimeProvider.System, Token);

        Assert.True(outcome.TimedOut);
        var child = int.Parse(await File.ReadAllTextAsync(sandbox.Alarm, Token), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(await EndsAsync(child), "the child is still there");
    }

    [Fact]
    public async Task A_program_that_never_stops_talking_is_cut_off()
    {
        var outcome = await BoundedProcess.RunAsync(
            new ProcessRequest("/usr/bin/yes", [], new Dictionary<string, string>(StringComparer.Ordinal), "/", default, 1000, TimeSpan.FromSeconds(30)), TimeProvider.System, Token);

        Assert.Equal((true, 1000, false), (outcome.Truncated, outcome.Output.Length, outcome.TimedOut));
    }

    private static async Task<bool> EndsAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(5), Token);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Everything the tools can do to a worktree that people would do in an hour.</summary>
    private static async Task StoryAsync(GitSandbox sandbox, string branch = Branch)
    {
        var worktree = await sandbox.CreateWorktreeAsync(branch);
        await sandbox.EditAsync(worktree, new FileEdit("app.conf", Content: "pool = 1\n"), new FileEdit("new.txt", Content: "x\n"));
        await sandbox.Tools.ShowStatusAsync(worktree, Token);
        Assert.Contains("+pool = 1", GitSandbox.Found<DiffView>(await sandbox.Tools.ShowDiffAsync(worktree, "main", cancellationToken: Token)).Patch, StringComparison.Ordinal);
        await sandbox.Tools.PlanDiscardAsync(worktree, Token);
        await sandbox.Tools.CommitChangesAsync(worktree, "Change", Token);
        await sandbox.Tools.PushBranchAsync(worktree, "origin", branch, Token);
        await sandbox.Tools.ListWorktreesAsync(Token);
        await sandbox.Tools.RemoveWorktreeAsync(worktree, Token);
    }
}
