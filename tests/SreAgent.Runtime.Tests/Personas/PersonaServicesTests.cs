using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Skills;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class PersonaServicesTests
{
    [Fact]
    public void Configured_folders_are_read_in_their_order()
    {
        using var tree = new DocumentTree();
        tree.Write("one/only-here.md", PersonaFileBuilder.Agent("only-here").Body("first").Text());
        tree.Write("two/only-here.md", PersonaFileBuilder.Agent("only-here").Body("second").Text());
        using var provider = Provider(new()
        {
            ["Personas:Folders:0"] = tree.Path("one"),
            ["Personas:Folders:1"] = tree.Path("two"),
            ["Skills:Folders:0"] = RepositoryRoot.Path("skills"),
        });

        Assert.Equal("second", provider.GetRequiredService<IPersonaCatalogue>().Find("only-here")!.Instructions);
        Assert.NotNull(provider.GetRequiredService<ISkillCatalogue>().Find("deploy-fly"));
        Assert.Equal("host", Assert.Single(provider.GetServices<IToolset>()).Name);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_reported_under_its_settings_path()
    {
        using var provider = Provider(new() { ["Personas:Folders:0"] = "/no/such/folder", ["Personas:Folders:1"] = " " });

        var messages = provider.GetRequiredService<PersonaCatalogue>().Problems.SelectMany(report => report.Problems).Select(problem => problem.Message).ToArray();

        Assert.Contains("The folder (Personas:Folders:0) does not exist.", messages);
        Assert.Contains("The folder (Personas:Folders:1) does not exist.", messages);
    }

    [Fact]
    public void Ones_own_folder_comes_last_and_may_be_missing()
    {
        var folders = DocumentFolder.Ordered("personas", "Personas", ["~/team"]);

        Assert.Equal(["shipped", "Personas:Folders:0", "user"], folders.Select(folder => folder.Source));
        Assert.Equal(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "team"), folders[1].Path);
        Assert.EndsWith(Path.Combine(".config", "sre-agent", "personas"), folders[2].Path);
        Assert.False(folders[2].MustExist);
    }

    [Fact]
    public async Task Loaded_catalogues_are_checked_against_what_the_host_has()
    {
        using var provider = Provider(new() { ["Personas:Folders:0"] = RepositoryRoot.Path("personas"), ["Skills:Folders:0"] = RepositoryRoot.Path("skills") });
        var personas = provider.GetRequiredService<PersonaCatalogue>();
        var known = KnownNames.Of(provider.GetServices<IToolset>().SelectMany(ToolFactory.From), personas, provider.GetRequiredService<ISkillCatalogue>());

        var sre = personas.Reports(known).Single(report => report.Path == RepositoryRoot.Path("personas", "sre.md"));
        var checkedSkills = await SkillCheck.CheckAsync([RepositoryRoot.Path("skills"), "/no/such"], known, TestContext.Current.CancellationToken);

        Assert.Contains(sre.Problems, problem => problem.Message == "names fly, which this host does not have");
        Assert.DoesNotContain(sre.Problems, problem => problem.Message.Contains("skill"));
        Assert.Equal([("skill", true), ("skill", true), ("skill", true), (null, false)], checkedSkills.Select(row => (row.Dialect, row.Loaded)));
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddPersonas(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
}
