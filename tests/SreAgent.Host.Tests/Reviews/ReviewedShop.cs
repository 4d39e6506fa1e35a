using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreAgent.Host.Tests.Story;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Journal;

namespace SreAgent.Host.Tests.Reviews;

/// <summary>acme/shop on a simulated GitHub, with a pull request that touches production, and an installation that may write there.</summary>
internal sealed class ReviewedShop : IAsyncDisposable
{
    public const string Subject = "acme/shop#1";
    public const string Token = "ghs_sample0actions";
    public const string Login = "github-actions[bot]";

    public static readonly string Main = new('1', 40);
    public static readonly string Head = new('2', 40);

    private readonly GitHubSimulator _simulator;
    private readonly HttpClient _client;

    private ReviewedShop(GitHubSimulator simulator, LabJournal journal)
    {
        (_simulator, Journal) = (simulator, journal);
        _client = new HttpClient { BaseAddress = simulator.Address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("SreAgent-tests/1.0");
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Installation = new Installation().With("Integrations:GitHub:BaseUrl", simulator.Address.ToString()).With("Integrations:GitHub:Token", Token)
            .With("Integrations:GitHub:Login", Login).With("Integrations:GitHub:Repositories:acme/shop:Comments", "true").With("Integrations:GitHub:Repositories:acme/shop:Checks", "true");
    }

    public Installation Installation { get; }

    public LabJournal Journal { get; }

    public Uri Address => _simulator.Address;

    public static async Task<ReviewedShop> StartAsync()
    {
        var at = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        var seed = new GitHubSeed
        {
            Repositories =
            [
                new("acme/shop")
                {
                    Commits =
                    [
                        new(Main, "Begin", "ada", at) { Files = new Dictionary<string, string?>
                        {
                            ["README.md"] = "# Shop\n\n## Objectives\n\nThe availability objective of checkout is 99.9 % over 30 days, measured by the share of answers without a server error.\n\n## On-call\n\nThe team payments is on call for checkout; pages go to its rotation, and an unanswered page goes to its lead after 15 minutes.\n",
                            ["alerts/rules.yaml"] = "groups:\n  - name: shop\n    rules:\n      - alert: CheckoutErrors\n        expr: rate(errors_total[5m]) > 0.01\n        for: 5m\n        labels:\n          severity: page\n        annotations:\n          runbook_url: https://wiki.example/checkout\n",
                            ["package.json"] = "{\"dependencies\":{\"express\":\"4.18.0\"}}\n",
                        } },
                        new(Head, "Go without", "ada", at.AddHours(1)) { Parents = [Main], Files = new Dictionary<string, string?>
                        {
                            ["alerts/rules.yaml"] = null,
                            ["migrations/0007_drop_orders.sql"] = "drop table orders;\n",
                            ["package.json"] = "{\"dependencies\":{\"express\":\"4.18.0\",\"left-pad\":\"1.3.0\"}}\n",
                            ["infra/main.tf"] = "resource \"aws_s3_bucket\" \"files\" {\n  bucket = \"files\"\n}\n",
                        } },
                    ],
                    Branches = new Dictionary<string, string>(StringComparer.Ordinal) { ["main"] = Main, ["without"] = Head },
                },
            ],
            Tokens = [new(Token, Login) { IsApp = true }],
        };
        var journal = new LabJournal(TimeProvider.System);
        var shop = new ReviewedShop(await GitHubSimulator.StartAsync(seed, journal, TimeProvider.System, TestContext.Current.CancellationToken), journal);
        using var opened = await shop._client.PostAsJsonAsync("repos/acme/shop/pulls", new { title = "Go without", head = "without", @base = "main", body = "Because" }, TestContext.Current.CancellationToken);
        opened.EnsureSuccessStatusCode();
        return shop;
    }

    public async Task<IReadOnlyList<string>> CommentsAsync() =>
        [.. (await GetAsync("repos/acme/shop/issues/1/comments")).EnumerateArray().Select(comment => comment.GetProperty("body").GetString()!)]; // A comment has a body.

    public async Task<IReadOnlyList<string>> StatusesAsync() =>
        [.. (await GetAsync($"repos/acme/shop/commits/{Head}/statuses")).EnumerateArray().Select(status => $"{status.GetProperty("context")} {status.GetProperty("state")}")];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Installation.Dispose();
        await _simulator.DisposeAsync();
    }

    private Task<JsonElement> GetAsync(string path) => _client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
