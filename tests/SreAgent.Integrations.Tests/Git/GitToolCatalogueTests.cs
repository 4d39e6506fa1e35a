using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Git;

public class GitToolCatalogueTests
{
    [Fact]
    public async Task The_tools_and_their_effects_are_these()
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var effects = ToolFactory.From(sandbox.Tools).ToLookup(tool => tool.Effect, tool => tool.Name);

        Assert.Equal(["git_list_worktrees", "git_read_file", "git_show_diff", "git_show_status"], effects[ToolEffect.Read]);
        Assert.Equal(["git_commit_changes", "git_create_worktree", "git_edit_files", "git_push_branch", "git_remove_worktree"], effects[ToolEffect.Write]);
        Assert.Equal(["git_push_protected_branch"], effects[ToolEffect.Change]);
        Assert.Equal(["git_discard_worktree"], effects[ToolEffect.Destructive]);
    }

    [Fact]
    public async Task Listing_them_costs_no_more_than_850_tokens()
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var tokens = ToolFactory.From(sandbox.Tools).Sum(tool =>
            (Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { name = tool.Name, description = tool.Description, inputSchema = tool.InputSchema })) + 3) / 4);

        TestContext.Current.SendDiagnosticMessage("git tools: {0} tokens", tokens);
        Assert.InRange(tokens, 1, 850);
    }

    [Fact]
    public async Task What_policy_looks_at_when_a_branch_is_pushed_are_arguments()
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var pushes = ToolFactory.From(sandbox.Tools).Where(tool => tool.Name.StartsWith("git_push", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, pushes.Length);
        Assert.All(pushes, tool => Assert.Equal(["worktree", "remote", "branch"], tool.InputSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString())));
    }

    [Fact]
    public async Task The_skill_names_tools_that_exist()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var skill = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Folder, "skills", "git-worktree", "SKILL.md"), TestContext.Current.CancellationToken);

        var named = System.Text.RegularExpressions.Regex.Matches(skill, "git_[a-z_]+[a-z]", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).Distinct(StringComparer.Ordinal);

        Assert.Empty(named.Except(ToolFactory.From(sandbox.Tools).Select(tool => tool.Name), StringComparer.Ordinal));
    }
}
