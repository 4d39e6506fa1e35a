using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class PersonaCatalogueTests : IDisposable
{
    private readonly DocumentTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Personas_are_ordered_by_id_and_found_by_id_or_name_without_case()
    {
        _tree.Write("one/z.md", PersonaFileBuilder.Agent("SRE Zed").Text());
        _tree.Write("one/deep/er/a.md", PersonaFileBuilder.Agent("amy").Text());
        var catalogue = Catalogue("one");

        Assert.Equal(["amy", "sre-zed"], catalogue.All.Select(persona => persona.Id));
        Assert.Equal("sre-zed", catalogue.Find("SRE-ZED")!.Id);
        Assert.Equal("sre-zed", catalogue.Find("sre zed")!.Id);
        Assert.Null(catalogue.Find("nobody"));
    }

    [Fact]
    public void Documentation_and_hidden_files_beside_personas_are_none()
    {
        foreach (var name in new[] { "README.md", "AGENTS.md", ".hidden.md", ".git/x.md", "node_modules/y.md", "notes.txt" })
        {
            _tree.Write($"one/{name}", PersonaFileBuilder.Agent("x").Text());
        }

        Assert.Empty(Catalogue("one").All);
    }

    [Fact]
    public void A_later_folder_overrides_an_earlier_one_and_says_so()
    {
        _tree.Write("one/kai.md", PersonaFileBuilder.Agent("kai").Body("shipped").Text());
        _tree.Write("two/mine.md", PersonaFileBuilder.Agent("kai").Body("mine").Text());
        var catalogue = Catalogue("one", "two");

        Assert.Equal("mine", Assert.Single(catalogue.All).Instructions);
        var row = catalogue.Problems.Single(report => report.Path.EndsWith("mine.md", StringComparison.Ordinal));
        Assert.Contains(row.Problems, problem => problem.Severity == "info" && problem.Message.StartsWith("Overrides 'kai'", StringComparison.Ordinal));
    }

    [Fact]
    public void Within_a_folder_the_first_of_two_equal_ids_wins_with_a_warning()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("kai").Body("first").Text());
        _tree.Write("one/b.md", PersonaFileBuilder.Agent("Kai").Body("second").Text());
        var catalogue = Catalogue("one");

        Assert.Equal("first", Assert.Single(catalogue.All).Instructions);
        var row = catalogue.Problems.Single(report => report.Path.EndsWith("b.md", StringComparison.Ordinal));
        Assert.Contains(row.Problems, problem => problem.Severity == "warning" && problem.Message.Contains("already taken by"));
    }

    [Fact]
    public void Nothing_is_read_before_the_first_question()
    {
        var catalogue = Catalogue("one");
        _tree.Write("one/late.md", PersonaFileBuilder.Agent("late").Text());

        Assert.NotNull(catalogue.Find("late"));
    }

    [Fact]
    public void Changed_added_and_removed_files_are_noticed()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Body("old").Text());
        var catalogue = Catalogue("one");
        Assert.Equal("old", catalogue.Find("a")!.Instructions);

        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Body("newer").Text());
        _tree.Write("one/b.md", PersonaFileBuilder.Agent("b").Text());
        Assert.Equal("newer", catalogue.Find("a")!.Instructions);
        Assert.NotNull(catalogue.Find("b"));

        _tree.Delete("one/a.md");
        Assert.Null(catalogue.Find("a"));
    }

    [Fact]
    public void A_swapped_link_is_noticed_as_mounted_configuration_swaps_them()
    {
        _tree.Write("v1/a.md", PersonaFileBuilder.Agent("a").Body("one").Text());
        _tree.Write("v2/a.md", PersonaFileBuilder.Agent("a").Body("two").Text());
        _tree.Link("mount/..data", _tree.Path("v1"));
        _tree.Link("mount/a.md", "..data/a.md");
        var catalogue = Catalogue("mount");
        Assert.Equal("one", Assert.Single(catalogue.All).Instructions);

        _tree.Delete("mount/..data");
        _tree.Link("mount/..data", _tree.Path("v2"));
        Assert.Equal("two", Assert.Single(catalogue.All).Instructions);
    }

    [Fact]
    public void A_file_that_no_longer_loads_keeps_its_last_good_copy_and_recovers()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Body("good").Text());
        var catalogue = Catalogue("one");
        Assert.NotNull(catalogue.Find("a"));

        _tree.Write("one/a.md", "");
        Assert.Equal("good", catalogue.Find("a")!.Instructions);
        Assert.Equal(["error", "warning"], Assert.Single(catalogue.Problems).Problems.Where(problem => problem.Severity != "info").Select(problem => problem.Severity));

        _tree.Write("one/a.md", "\0binary");
        Assert.Equal("good", catalogue.Find("a")!.Instructions);

        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Body("better").Text());
        Assert.Equal("better", catalogue.Find("a")!.Instructions);
        Assert.All(Assert.Single(catalogue.Problems).Problems, problem => Assert.Equal("info", problem.Severity));
    }

    [Fact]
    public void A_folder_that_vanishes_keeps_its_personas_and_is_reported()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Text());
        var catalogue = Catalogue("one");
        Assert.NotNull(catalogue.Find("a"));

        Directory.Move(_tree.Path("one"), _tree.Path("gone"));

        Assert.NotNull(catalogue.Find("a"));
        Assert.Contains(catalogue.Problems, report => report.Problems.Any(problem => problem.Message.Contains("test:0) does not exist")));
    }

    [Fact]
    public void Between_two_looks_the_files_are_left_alone()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Text());
        var clock = new SteppedClock();
        var catalogue = new PersonaCatalogue([new DocumentFolder(_tree.Path("one"), "test", MustExist: true)], clock);
        Assert.Single(catalogue.All);
        _tree.Write("one/b.md", PersonaFileBuilder.Agent("b").Text());

        clock.Now += TimeSpan.FromMilliseconds(900).Ticks;
        Assert.Single(catalogue.All);

        clock.Now += TimeSpan.FromMilliseconds(200).Ticks;
        Assert.Equal(2, catalogue.All.Count);
    }

    [Fact]
    public async Task Many_readers_during_reloads_always_see_a_whole_catalogue()
    {
        _tree.Write("one/a.md", PersonaFileBuilder.Agent("a").Text());
        var catalogue = Catalogue("one");
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 300).All(_ => catalogue.Find("a") is not null && catalogue.All.Count >= 1))).ToArray();
        for (var i = 0; i < 100; i++)
        {
            _tree.Write($"one/x{i % 5}.md", PersonaFileBuilder.Agent($"x{i}").Text());
        }

        Assert.All(await Task.WhenAll(readers), Assert.True);
    }

    private PersonaCatalogue Catalogue(params string[] folders) =>
        new([.. folders.Select((folder, index) => new DocumentFolder(_tree.Path(folder), $"test:{index}", MustExist: true))], TimeProvider.System, TimeSpan.Zero);

    private sealed class SteppedClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
