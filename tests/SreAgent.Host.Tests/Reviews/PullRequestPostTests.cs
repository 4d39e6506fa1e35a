using System.Text.Json;

namespace SreAgent.Host.Tests.Reviews;

/// <summary>The whole program against a simulated GitHub: reading, reviewing, comparing and posting one pull request.</summary>
public class PullRequestPostTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_pull_request_is_reviewed_compared_and_posted_once()
    {
        await using var shop = await ReviewedShop.StartAsync();

        var (status, console) = await shop.Installation.RunAsync(terminal: null, "review", ReviewedShop.Subject, "--post", "--json", "--fail-on", "never");
        Assert.True(status == 0, console.Complained);
        var document = JsonElement.Parse(console.Said);
        var impact = document.GetProperty("pullRequest").GetProperty("impact").EnumerateArray().Select(item => item.GetProperty("id").GetString()).ToArray();
        Assert.Equal(ReviewedShop.Head, document.GetProperty("commit").GetString());
        Assert.Equal(ReviewedShop.Main, document.GetProperty("pullRequest").GetProperty("base").GetString());
        Assert.Contains("infrastructure-changed", impact);
        Assert.Contains("migration-irreversible", impact);
        Assert.Contains("alert-removed", impact);
        Assert.Contains("library-added", impact);

        var comment = Assert.Single(await shop.CommentsAsync());
        output.WriteLine(comment);
        Assert.Contains("What the change does in production", comment, StringComparison.Ordinal);
        Assert.Contains("left-pad", comment, StringComparison.Ordinal);
        Assert.Contains("The alert CheckoutErrors is gone", comment, StringComparison.Ordinal);
        Assert.Contains($"/blob/{ReviewedShop.Main}/alerts/rules.yaml#L4", comment, StringComparison.Ordinal); // Where it still was.
        Assert.Equal(["sre-agent/readiness/sre-operator success"], await shop.StatusesAsync());

        var before = shop.Journal.Entries.Count;
        var again = await shop.Installation.RunAsync(terminal: null, "review", ReviewedShop.Subject, "--post", "--fail-on", "never");
        Assert.Contains("comment unchanged, status unchanged", again.Console.Complained, StringComparison.Ordinal);
        Assert.Equal(before, shop.Journal.Entries.Count);

        // Policy was asked and the record written before anything was sent.
        var (_, audit) = await shop.Installation.RunAsync(terminal: null, "audit", "list", "--json");
        Assert.Contains("review_publish", audit.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_the_kill_switch_it_is_shown_and_not_posted()
    {
        await using var shop = await ReviewedShop.StartAsync();
        shop.Installation.With("Guardrails:KillSwitch", "true");

        var (status, console) = await shop.Installation.RunAsync(terminal: null, "review", ReviewedShop.Subject, "--post", "--markdown", "--fail-on", "never");

        Assert.Equal(1, status);
        Assert.Contains("Not posted: kill-switch says no.", console.Complained, StringComparison.Ordinal);
        Assert.Contains("infra/main.tf", console.Said, StringComparison.Ordinal);
        Assert.Empty(await shop.CommentsAsync());
    }

    [Fact]
    public async Task Only_pull_requests_are_posted_to()
    {
        await using var shop = await ReviewedShop.StartAsync();

        var (status, console) = await shop.Installation.RunAsync(terminal: null, "review", "acme/shop", "--post");

        Assert.Equal(2, status);
        Assert.Contains("--post takes pull requests", console.Complained, StringComparison.Ordinal);
    }
}
