using Microsoft.Extensions.Configuration;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Readiness.Tools;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness;

public sealed class ReviewRootsTests : IDisposable
{
    private readonly DocumentTree _working = new();
    private readonly DocumentTree _elsewhere = new();

    public ReviewRootsTests()
    {
        Directory.CreateDirectory(_working.Path("service"));
        Directory.CreateDirectory(_elsewhere.Path("private"));
        _working.Link("way-out", _elsewhere.Folder);
    }

    public void Dispose()
    {
        _working.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("service")]
    [InlineData("./service/..")]
    public void What_lies_below_the_working_folder_may_be_reviewed(string subject) => Assert.StartsWith(_working.Folder, Roots().Allowed(subject), StringComparison.Ordinal);

    [Theory]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("/etc")]
    [InlineData("way-out")]
    [InlineData("way-out/private")]
    [InlineData("service/../../")]
    [InlineData("~")]
    [InlineData("no-such-folder")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Nothing_else_may(string subject) => Assert.Contains("may be reviewed", Assert.Throws<ToolException>(() => Roots().Allowed(subject)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_beside_one_that_may_be_reviewed_is_another_folder() =>
        Assert.Throws<ToolException>(() => Roots(_working.Path("service")).Allowed(Directory.CreateDirectory(_working.Path("service-keys")).FullName));

    [Fact]
    public void Configured_folders_take_the_place_of_the_working_folder()
    {
        Assert.Equal(_elsewhere.Path("private"), Roots(_elsewhere.Folder).Allowed(_elsewhere.Path("private")));
        Assert.Throws<ToolException>(() => Roots(_elsewhere.Folder).Allowed("service"));
    }

    [Fact]
    public void A_repository_of_the_code_host_is_no_folder() => Assert.Equal("shop/checkout#41", Roots().Allowed("shop/checkout#41"));

    [Fact]
    public void Started_in_a_home_folder_nothing_may_be_reviewed_unless_configured()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Throws<ToolException>(() => new ReviewRoots(new ConfigurationBuilder().Build(), home).Allowed("."));
        Assert.Throws<ToolException>(() => new ReviewRoots(new ConfigurationBuilder().Build(), "/").Allowed("etc"));
    }

    [Fact]
    public void A_relative_root_is_a_mistake_in_the_settings() => Assert.Contains("absolute", Assert.Single(Roots("services").Problems), StringComparison.Ordinal);

    private ReviewRoots Roots(params string[] configured) => new(
        new ConfigurationBuilder().AddInMemoryCollection(configured.Select((root, i) => KeyValuePair.Create($"Reviews:Roots:{i}", (string?)root))).Build(), _working.Folder);
}
