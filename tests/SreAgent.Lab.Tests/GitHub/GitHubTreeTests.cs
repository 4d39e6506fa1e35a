using System.Formats.Tar;
using System.IO.Compression;
using SreAgent.Lab.GitHub;
using SreAgent.Testing.GitHub;

namespace SreAgent.Lab.Tests.GitHub;

public class GitHubTreeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tree_has_gits_own_hashes_and_is_cut_where_GitHub_cuts()
    {
        await using var lab = await GitHubLab.StartAsync();

        var whole = await lab.GetAsync($"{GitHubLab.Checkout}/git/trees/main?recursive=1");
        var top = await lab.GetAsync($"{GitHubLab.Checkout}/git/trees/{whole["sha"]}");
        lab.Simulator.Limits = new GitHubLimits { TreeEntries = 2 };
        var cut = await lab.GetAsync($"{GitHubLab.Checkout}/git/trees/main?recursive=1");

        Assert.Equal(["fly.toml", "migrations", "migrations/7.sql", "src", "src/checkout.cs"], whole.Json.GetProperty("tree").EnumerateArray().Select(entry => entry.GetProperty("path").GetString()));
        Assert.Equal(["fly.toml", "migrations", "src"], top.Json.GetProperty("tree").EnumerateArray().Select(entry => entry.GetProperty("path").GetString()));
        Assert.Equal(("False", "True", 2), (whole["truncated"], cut["truncated"], cut.Json.GetProperty("tree").GetArrayLength()));
        Assert.Equal("app = \"checkout\"\n", Decoded(await lab.GetAsync($"{GitHubLab.Checkout}/git/blobs/{whole["tree.0.sha"]}")));
        Assert.Equal(404, (await lab.GetAsync($"{GitHubLab.Checkout}/git/blobs/{new string('0', 40)}")).Status);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task An_archive_lies_on_another_host_behind_a_link_that_ends()
    {
        await using var lab = await GitHubLab.StartAsync();

        var sent = await lab.GetAsync($"{GitHubLab.Checkout}/tarball/fix%2Ftimeouts");
        var link = new Uri(sent.Headers["Location"]);
        using var client = new HttpClient();
        await using var tar = new TarReader(new GZipStream(new MemoryStream(await client.GetByteArrayAsync(link, Token)), CompressionMode.Decompress));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: Token) is { } entry)
        {
            names.Add(entry.EntryType == TarEntryType.GlobalExtendedAttributes ? "global" : entry.Name);
        }

        Assert.Equal((302, false), (sent.Status, link.Port == lab.Simulator.Address.Port));
        Assert.Equal(["global", "acme-checkout-fffffff/", "acme-checkout-fffffff/docs/timeouts.md", "acme-checkout-fffffff/src/checkout.cs"], names);
        lab.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await client.GetAsync(link, Token);
        Assert.Equal(404, (int)late.StatusCode);
        Assert.Equal(404, (await lab.As(token: null).GetAsync($"{GitHubLab.Checkout}/tarball/main")).Status);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_locked_conversation_takes_comments_of_people_who_may_write_and_of_no_App()
    {
        await using var lab = await GitHubLab.StartAsync();
        await lab.SendAsync(HttpMethod.Put, $"{GitHubLab.Checkout}/issues/1/lock");

        var byApp = await lab.As(SampleGitHub.AppToken).PostAsync($"{GitHubLab.Checkout}/issues/1/comments", new { body = "hello" });
        var byPerson = await lab.As(SampleGitHub.Token).PostAsync($"{GitHubLab.Checkout}/issues/1/comments", new { body = "hello" });

        Assert.Equal((403, "Unable to create comment because issue is locked."), (byApp.Status, byApp["message"]));
        Assert.Equal(201, byPerson.Status);
        Assert.Equal("True", (await lab.GetAsync($"{GitHubLab.Checkout}/issues/1"))["locked"]);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task An_App_has_no_user()
    {
        await using var lab = await GitHubLab.StartAsync();

        Assert.Equal(403, (await lab.As(SampleGitHub.AppToken).GetAsync("user")).Status);
        Assert.Equal(SampleGitHub.Login, (await lab.As(SampleGitHub.Token).GetAsync("user"))["login"]);
        lab.Recording.AssertFaithful();
    }

    private static string Decoded(Reply blob) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(blob["content"]!)); // A blob has content.
}
