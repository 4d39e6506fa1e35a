using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class PersonaCheckTests : IDisposable
{
    private static readonly KnownNames Known = new()
    {
        Tools = new HashSet<string>(["prometheus", "prometheus_query", "host"], StringComparer.OrdinalIgnoreCase),
        Skills = new HashSet<string>(["deploy-fly"]),
        Personas = new HashSet<string>(["kai"]),
    };

    private readonly DocumentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task The_row_has_the_agreed_fields()
    {
        _tree.Write("kai.md", "---\nname: Kai\ndescription: Checks.\ntools: [fly_deploy]\nmood: good\n---\nBody");

        var rows = await Check(_tree.Path("kai.md"));

        Snapshot.VerifyJson(rows.Select(row => row with { Path = Path.GetFileName(row.Path) }));
    }

    [Fact]
    public async Task What_this_host_does_not_have_is_said_plainly()
    {
        _tree.Write("a.md", PersonaFileBuilder.Role("a", "A").Key("tools", "[prometheus_*, fly_deploy, prom*]").Key("skills", "[deploy-fly, dance]")
            .Section("Collaboration", "Hand to kai: x", "Hand to nobody: y").Section("Recommended MCP Servers", "prometheus: a", "aws: b").Text());

        var problems = Assert.Single(await Check(_tree.Folder)).Problems.Select(problem => $"{problem.Severity} {problem.Line} {problem.Message}");

        Assert.Equal(
            [
                "info 0 hands over to nobody, which is no persona of this host: that will be a person or another system",
                "info 0 recommends the MCP server aws, which is neither built in nor configured",
                "warning 4 names fly_deploy, which this host does not have",
                "warning 5 names the skill dance, which this host does not have",
            ],
            problems.Where(problem => !problem.Contains("description")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_stands_for_every_markdown_file_below_it()
    {
        _tree.Write("x/a.md", PersonaFileBuilder.Agent("a").Text());
        _tree.Write("x/y/b.MD", PersonaFileBuilder.Agent("b").Text());
        _tree.Write("x/c.txt", "no");
        _tree.Write("x/README.md", "# About");

        var rows = await Check(_tree.Path("x"));

        Assert.Equal([_tree.Path("x/README.md"), _tree.Path("x/a.md"), _tree.Path("x/y/b.MD")], rows.Select(row => row.Path));
        Assert.All(rows, row => Assert.True(row.Loaded));
        Assert.Contains(rows[0].Problems, problem => problem.Message.Contains("documentation"));
    }

    [Fact]
    public async Task Paths_that_lead_nowhere_get_a_row_too()
    {
        Directory.CreateDirectory(_tree.Path("empty"));

        var rows = await Check(_tree.Path("none.md"), _tree.Path("empty"), "");

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.False(row.Loaded));
        Assert.All(rows, row => Assert.Equal("error", Assert.Single(row.Problems).Severity));
    }

    [Fact]
    public async Task Two_files_with_one_id_are_noticed()
    {
        _tree.Write("a.md", PersonaFileBuilder.Agent("kai").Text());
        _tree.Write("b.md", PersonaFileBuilder.Agent("kai").Text());

        var rows = await Check(_tree.Folder);

        Assert.Contains(rows[1].Problems, problem => problem.Severity == "warning" && problem.Message.Contains("already taken"));
    }

    private static Task<IReadOnlyList<DocumentReport>> Check(params string[] paths) => PersonaCheck.CheckAsync(paths, Known, TestContext.Current.CancellationToken);
}
