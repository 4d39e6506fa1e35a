using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Skills;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Skills;

public sealed class SkillCatalogueTests : IDisposable
{
    private readonly DocumentTree _tree = new();

    public SkillCatalogueTests()
    {
        _tree.Write("skills/deploy/SKILL.md", "---\nname: deploy\ndescription: Deploys.\n---\nSteps");
        _tree.Write("skills/deploy/references/back.md", "How to go back");
        _tree.Write("secret.md", "secret");
        _tree.Write("skills/other/SKILL.md", "---\nname: other\ndescription: Other.\n---\nSteps");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Files_beside_a_skill_are_listed_and_read()
    {
        var skill = Catalogue().Find("DEPLOY")!;

        Assert.Equal(["references/back.md"], skill.Files);
        Assert.Equal("How to go back", await Catalogue().ReadFileAsync(skill, "references/back.md", Token));
        Assert.Equal("How to go back", await Catalogue().ReadFileAsync(skill, "references/../references/back.md", Token));
    }

    [Theory]
    [InlineData("../../secret.md")]
    [InlineData("..\\..\\secret.md")]
    [InlineData("references/../../../secret.md")]
    [InlineData("../other/SKILL.md")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("references")]
    [InlineData("none.md")]
    [InlineData("a\0b")]
    [InlineData("~/x")]
    public async Task Nothing_outside_the_folder_is_read(string path) => Assert.Null(await Catalogue().ReadFileAsync(Catalogue().Find("deploy")!, path, Token));

    [Fact]
    public async Task Links_that_lead_out_are_neither_listed_nor_followed()
    {
        _tree.Link("skills/deploy/file.md", _tree.Path("secret.md"));
        _tree.Link("skills/deploy/folder", _tree.Folder);
        _tree.Link("skills/deploy/chain.md", _tree.Path("skills/deploy/file.md"));
        _tree.Link("skills/deploy/relative.md", "../../secret.md");
        _tree.Link("skills/deploy/circle.md", _tree.Path("skills/deploy/circle.md"));
        var skill = Catalogue().Find("deploy")!;

        Assert.Equal(["references/back.md"], skill.Files);
        foreach (var path in new[] { "file.md", "folder/secret.md", "chain.md", "relative.md", "circle.md", "folder/skills/deploy/references/back.md" })
        {
            var text = await Catalogue().ReadFileAsync(skill, path, Token);
            Assert.True(text is null or "How to go back", $"{path} gave {text}");
        }
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_followed_even_when_the_folder_itself_is_behind_a_link()
    {
        _tree.Link("skills/deploy/same.md", "references/back.md");
        _tree.Link("mount", _tree.Path("skills"));
        var catalogue = new SkillCatalogue([new DocumentFolder(_tree.Path("mount"), "test", MustExist: true)], TimeProvider.System, TimeSpan.Zero);

        Assert.Equal("How to go back", await catalogue.ReadFileAsync(catalogue.Find("deploy")!, "same.md", Token));
    }

    [Fact]
    public async Task A_file_that_is_no_text_says_so()
    {
        _tree.Write("skills/deploy/logo.png", [0x89, 0, 1]);

        var fault = await Assert.ThrowsAsync<ToolException>(() => Catalogue().ReadFileAsync(Catalogue().Find("deploy")!, "logo.png", Token));

        Assert.Contains("logo.png", fault.Message);
        Assert.DoesNotContain(_tree.Folder, fault.Message);
    }

    [Fact]
    public void A_skill_that_no_longer_loads_keeps_its_last_good_copy()
    {
        var catalogue = Catalogue();
        Assert.NotNull(catalogue.Find("deploy"));

        _tree.Write("skills/deploy/SKILL.md", "---\nname: deploy\n---\nNo description");

        Assert.Equal("Steps", catalogue.Find("deploy")!.Body);
        Assert.Contains(Assert.Single(catalogue.Problems).Problems, problem => problem.Severity == "error");
    }

    [Fact]
    public async Task The_tool_reads_the_instructions_and_the_files()
    {
        var instructions = Assert.IsType<ToolResult.Found>(await Read("deploy"));
        Assert.Equal("Steps", JsonSerializer.SerializeToElement(instructions.Data, instructions.Data.GetType()).GetProperty("Text").GetString());
        Assert.Equal("How to go back", ((SkillTools.SkillText)Assert.IsType<ToolResult.Found>(await Read("deploy", "references/back.md")).Data).Text);
    }

    [Fact]
    public async Task The_tool_says_what_there_is_when_asked_for_what_there_is_not()
    {
        Assert.Contains("deploy, other", Assert.IsType<ToolResult.Failed>(await Read("dance")).Explanation);
        Assert.Contains("references/back.md", Assert.IsType<ToolResult.Failed>(await Read("deploy", "../x")).Explanation);
        Assert.Contains("It has: none", Assert.IsType<ToolResult.Failed>(await Read("other", "x")).Explanation);
    }

    [Fact]
    public void The_tool_is_one_the_host_can_govern()
    {
        var tool = Assert.Single(ToolFactory.From(new SkillTools(Catalogue())));

        Assert.Equal(("host_read_skill", "host", ToolEffect.Read), (tool.Name, tool.Toolset, tool.Effect));
    }

    private Task<ToolResult> Read(string name, string? file = null) => new SkillTools(Catalogue()).ReadSkillAsync(name, file, Token);

    private SkillCatalogue Catalogue() => new([new DocumentFolder(_tree.Path("skills"), "test", MustExist: true)], TimeProvider.System, TimeSpan.Zero);
}
