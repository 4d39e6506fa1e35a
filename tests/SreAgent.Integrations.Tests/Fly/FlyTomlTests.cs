using SreAgent.Core.Toml;
using SreAgent.Integrations.Fly.Toml;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>TOML as its specification has it, and fly.toml as Fly's own reference has it.</summary>
public class FlyTomlTests
{
    [Fact]
    public void The_vendors_full_reference_is_read_whole_and_its_mistake_is_found()
    {
        var text = File.ReadAllText(RepositoryRoot.Path("tests", "SreAgent.Integrations.Tests", "Fly", "full-reference.toml"));

        var root = TomlReader.Read(text);
        var toml = FlyToml.Read(root);

        Assert.Equal(("foo", "sea", "foo/fighter", "release command"), (toml.App, toml.PrimaryRegion, toml.Image, toml.ReleaseCommand));
        Assert.Equal((0.2, TimeSpan.FromMinutes(3)), (toml.MaxUnavailable, toml.ReleaseCommandTimeout));
        Assert.Equal(["web", "task"], toml.Processes);
        Assert.Equal(["/data"], toml.Mounts);
        Assert.Equal(5, toml.Checks);
        Assert.Equal("8g", ((TomlText)((TomlTable)((TomlTable)root["deploy"]!)["release_command_vm"]!)["memory"]!).Value);
        Assert.Equal(2, ((TomlArray)((TomlTable)((TomlArray)root["services"]!).Items[0])["http_checks"]!).Items.Count);
        Assert.Contains(toml.Problems, problem => problem.StartsWith("line 41: strategy 'rolling-eyes' is none of", StringComparison.Ordinal));
        Assert.Contains(toml.Problems, problem => problem.Contains("names the process group 'app', which [processes] does not have", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a = \"tab\\tquote\\\" \\u00e9 \\U0001F600\"", "tab\tquote\" é 😀")]
    [InlineData("a = 'C:\\no\\escape'", "C:\\no\\escape")]
    [InlineData("a = \"\"\"\nfirst\r\nsecond\"\"\"", "first\nsecond")]
    [InlineData("a = \"\"\"one \\\n\n   two\"\"\"", "one two")]
    [InlineData("a = \"\"\"two quotes: \"\"\"\"\"", "two quotes: \"\"")]
    [InlineData("a = '''it's ''fine'''''", "it's ''fine''")]
    [InlineData("\"a\" = \"# no comment\" # comment", "# no comment")]
    public void Strings_are_read(string toml, string value) => Assert.Equal(value, Assert.IsType<TomlText>(TomlReader.Read(toml)["a"]).Value);

    [Theory]
    [InlineData("1_000", 1000.0)]
    [InlineData("-17", -17.0)]
    [InlineData("0xdead_beef", 3735928559.0)]
    [InlineData("0o755", 493.0)]
    [InlineData("0b1101", 13.0)]
    [InlineData("6.626e-34", 6.626e-34)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("9_224.5", 9224.5)]
    public void Numbers_are_read(string text, double value) =>
        Assert.Equal(value, TomlReader.Read($"a = {text}")["a"] switch { TomlWhole whole => whole.Value, TomlReal real => real.Value, var other => throw new InvalidOperationException($"{other}") });

    [Theory]
    [InlineData("1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 00:32:00.999999-07:00")]
    [InlineData("1979-05-27")]
    [InlineData("07:32:00")]
    public void Dates_and_times_are_read(string text) => Assert.Equal(text, Assert.IsType<TomlMoment>(TomlReader.Read($"a = {text}")["a"]).Text);

    [Fact]
    public void Dotted_keys_headers_and_arrays_of_tables_build_one_tree()
    {
        var root = TomlReader.Read("""
            fruit.apple.color = "red"
            fruit.apple.taste.sweet = true
            point = { x = 1, y.z = [1, 2, # more
              3,
            ] }
            [[shops]]
            name = "one"
            [shops.address]
            city = "Bonn"
            [[shops]]
            [a.b]
            c = 1
            [a]
            d = 2
            """);

        var apple = (TomlTable)((TomlTable)root["fruit"]!)["apple"]!;
        Assert.Equal(["color", "taste"], apple.Names);
        Assert.Equal(3, ((TomlArray)((TomlTable)((TomlTable)root["point"]!)["y"]!)["z"]!).Items.Count);
        Assert.Equal(2, ((TomlArray)root["shops"]!).Items.Count);
        Assert.Equal(["b", "d"], ((TomlTable)root["a"]!).Names);
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2)]
    [InlineData("[a]\n[a]", 2)]
    [InlineData("a.b = 1\n[a]", 2)]
    [InlineData("[a]\nb.c = 1\n[a.b]", 3)]
    [InlineData("a = { b = 1 }\n[a.c]", 2)]
    [InlineData("a = { b = 1 }\na.c = 2", 2)]
    [InlineData("a = [1]\n[[a]]", 2)]
    [InlineData("[[a]]\n[a]", 2)]
    [InlineData("[a.b]\n[a]\nb.c = 1", 3)]
    [InlineData("a = { b = 1,\n c = 2 }", 1)]
    [InlineData("a = { b = 1, }", 1)]
    [InlineData("a = \"open", 1)]
    [InlineData("\n\na = '''open\n", 3)]
    [InlineData("a = 01", 1)]
    [InlineData("a = 1__0", 1)]
    [InlineData("a = 1.", 1)]
    [InlineData("a = .5", 1)]
    [InlineData("a = yes", 1)]
    [InlineData("a = 9223372036854775808", 1)]
    [InlineData("a = 2021-02-30", 1)]
    [InlineData("a = \"\\x41\"", 1)]
    [InlineData("a = \"\\ud800\"", 1)]
    [InlineData("a = 1 b = 2", 1)]
    [InlineData("a =", 1)]
    [InlineData("= 1", 1)]
    [InlineData("a b = 1", 1)]
    [InlineData("[a", 1)]
    [InlineData("a = [1 2]", 1)]
    [InlineData("a = \"\u0001\"", 1)]
    [InlineData("# \u0000", 1)]
    public void What_is_not_TOML_is_refused_with_its_line(string toml, int line) =>
        Assert.Equal(line, Assert.Throws<TomlException>(() => TomlReader.Read(toml)).Line);

    [Fact]
    public void Nesting_without_end_is_refused_instead_of_followed() =>
        Assert.Throws<TomlException>(() => TomlReader.Read("a = " + new string('[', 100_000)));

    [Theory]
    [InlineData("[deploy]\nstrategy = \"bluegreen\"\n[[mounts]]\nsource = \"d\"\ndestination = \"/d\"\n[checks.up]\nport = 1", "line 2: strategy 'bluegreen' cannot be used with [mounts]")]
    [InlineData("[deploy]\nstrategy = \"bluegreen\"", "line 2: strategy 'bluegreen' needs at least one health check")]
    [InlineData("[deploy]\nmax_unavailable = 0", "line 2: max_unavailable must be a number greater than 0")]
    [InlineData("[deploy]\nwait_timeout = \"soon\"", "line 2: wait_timeout must be a duration")]
    [InlineData("[http_service]\nforce_https = true", "line 1: [http_service] needs internal_port")]
    [InlineData("app = 3", "line 1: app must be text, not a whole number")]
    [InlineData("deploy = 3", "line 1: [deploy] must be a table")]
    [InlineData("app = \"x", "line 1: the string has no closing quote")]
    public void A_configuration_that_cannot_work_says_where(string toml, string problem) =>
        Assert.Contains(FlyToml.Parse(toml).Problems, found => found.StartsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("", 3, 1)]
    [InlineData("", 10, 4)]
    [InlineData("[deploy]\nmax_unavailable = 2", 10, 2)]
    [InlineData("[deploy]\nmax_unavailable = 0.5", 10, 5)]
    [InlineData("", 100, 8)]
    public void The_pool_is_the_vendors(string toml, int machines, int pool) => Assert.Equal(pool, FlyToml.Parse(toml).PoolOf(machines));
}
