using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab;

/// <summary>What the simulated systems of a practice world hold when it begins: one history, told by each of them.</summary>
internal static class PracticeSeeds
{
    /// <summary>Who repositories of the practice world belong to.</summary>
    public const string Owner = "practice";

    // Practice credentials: they open nothing outside the practice world, and have the shape of none of the vendors' real ones.
    public const string FlyToken = "practice-fly-token";
    public const string GitHubToken = "practice-github-token";
    public const string GrafanaToken = "practice-grafana-token";

    private static readonly string[] Checks = ["build", "lint", "test"];

    public static FlySeed Fly(LabImages images, Scenario scenario) => new()
    {
        Token = FlyToken,
        Apps =
        [
            .. SampleFleet.Apps.Select(app => new FlySeedApp
            {
                Name = app,
                Images = [.. images.Of(app).Select(build => build.Image)],
                Releases = [.. images.UpTo(app, scenario.Images[app]).Select(build => new FlySeedRelease(build.Image.Tag, build.Commit.Date + TimeSpan.FromMinutes(9), $"{build.Commit.Author}@lab.example"))],
                Regions = SampleFleet.RegionsOf(app),
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LOG_LEVEL"] = "info" },
                Secrets = app == SampleServices.Payments ? new Dictionary<string, string>(StringComparer.Ordinal) { ["GATEWAY_KEY"] = "practice" } : [],
            }),
        ],
    };

    /// <param name="mirror">Absent where there is no git.</param>
    public static GitHubSeed GitHub(LabImages images, IRepositoryMirror? mirror) => new()
    {
        Mirror = mirror,
        Tokens = [new GitHubTokenSeed(GitHubToken, "sre-agent") { IsApp = true }],
        Repositories = [.. SampleFleet.Apps.Select(app => Repository(app, images.Of(app)))],
    };

    public static GrafanaSeed Grafana(Uri prometheus) => new(prometheus)
    {
        Tokens = [new GrafanaTokenSeed(GrafanaToken, "sa-sre-agent")],
        Dashboards =
        [
            .. SampleFleet.Apps.Select(app => new GrafanaDashboardSeed(
                app, $"{char.ToUpperInvariant(app[0])}{app[1..]}",
                new GrafanaPanelSeed(1, "Requests", "sum by (route) (rate(http_requests_total{service=\"$service\"}[$__rate_interval]))", "reqps"),
                new GrafanaPanelSeed(2, "Error ratio", "sum(rate(http_requests_total{service=\"$service\",code=~\"5..\"}[$__rate_interval])) / sum(rate(http_requests_total{service=\"$service\"}[$__rate_interval]))", "percentunit"),
                new GrafanaPanelSeed(3, "95th percentile", "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{service=\"$service\"}[$__rate_interval])))", "s"))
            {
                Folder = "Shop",
                Tags = ["service"],
                Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["service"] = app },
            }),
        ],
    };

    private static GitHubRepositorySeed Repository(string app, IReadOnlyList<LabBuild> builds) => new($"{Owner}/{app}")
    {
        Commits = [.. builds.Select(build => new GitHubCommitSeed(build.Commit.Id, build.Commit.Message, build.Commit.Author, build.Commit.Date) { Files = build.Commit.Files })],
        Checks =
        [
            .. from build in builds
            from check in Checks
            select new GitHubCheckSeed(build.Commit.Id, check, build.IsGreen || check != "test" ? "success" : "failure"),
        ],
        Tags = builds.ToDictionary(build => build.Image.Tag, build => build.Commit.Id, StringComparer.Ordinal),
        ProtectedBranches = ["main"],
    };
}
