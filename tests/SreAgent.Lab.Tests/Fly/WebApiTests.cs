using System.Net;
using System.Text.Json.Nodes;
using SreAgent.Lab.Fleet;
using SreAgent.Testing;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class WebApiTests
{
    [Fact]
    public async Task Release_records_are_listed_newest_first()
    {
        await using var fly = await FlyPractice.StartAsync();

        var releases = (await fly.GetAsync("api/v1/apps/checkout/releases?limit=2")).Body["releases"]!.AsArray();

        Assert.Equal(["3 complete True", "2 failed False"], releases.Select(release => $"{release!["version"]} {release["status"]} {(bool)release["stable"]!}"));
        Assert.Equal(FlyPractice.Reference("v42"), (string?)releases[0]!["image_ref"]);
        Assert.Equal(3, (int)(await fly.GetAsync("api/v1/apps/checkout/releases/current")).Body["version"]!);
    }

    [Fact]
    public async Task A_release_is_recorded_and_carried_to_its_end_and_deploys_nothing_itself()
    {
        await using var fly = await FlyPractice.StartAsync();

        var made = await fly.PostAsync("api/v1/releases", new JsonObject { ["app_name"] = "checkout", ["image"] = FlyPractice.Reference("v43"), ["strategy"] = "ROLLING", ["definition"] = new JsonObject(), ["build_id"] = 0 });
        var id = (string?)made.Body["release"]!["id"];
        foreach (var status in new[] { "running", "complete", "complete" })
        {
            Assert.Equal(status, (string?)(await fly.SendAsync(HttpMethod.Patch, $"api/v1/releases/{id}", new JsonObject { ["status"] = status })).Body["status"]);
        }

        Assert.Equal((HttpStatusCode.Created, 4, true), (made.Status, (int)made.Body["release"]!["version"]!, (bool)made.Body["release"]!["in_progress"]!));
        Assert.Equal(3, fly.Noted.Count);
        Assert.DoesNotContain(fly.Fleet.Running.Values, machine => machine.Image == "v43");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await fly.SendAsync(HttpMethod.Patch, $"api/v1/releases/{id}", new JsonObject { ["status"] = "splendid" })).Status);
    }

    [Fact]
    public async Task The_graph_answers_what_is_asked_by_alias_variable_and_fragment()
    {
        await using var fly = await FlyPractice.StartAsync();
        const string Query = """
            query Releases($name: String!, $first: Int) {
              app(name: $name) {
                name
                organization { slug }
                # newest first
                newest: releasesUnprocessed(first: $first, status: "complete") { nodes { ...Brief user { email } } }
              }
            }
            fragment Brief on ReleaseUnprocessed { version status imageRef stable createdAt }
            """;

        var app = (await GraphAsync(fly, Query, new JsonObject { ["name"] = "checkout", ["first"] = 1 })).Body["data"]!["app"]!;

        Assert.Equal("lab", (string?)app["organization"]!["slug"]);
        var release = app["newest"]!["nodes"]!.AsArray().Single()!;
        Assert.Equal((3, "complete", FlyPractice.Reference("v42"), "bob@lab.example"), ((int)release["version"]!, (string?)release["status"], (string?)release["imageRef"], (string?)release["user"]!["email"]));
        Assert.Equal("2026-11-18T12:00:00Z", (string?)release["createdAt"]);
    }

    [Theory]
    [InlineData("{ app(name: \"checkout\") { secrets { name } } }", "Field 'secrets' doesn't exist on type 'App'")]
    [InlineData("{ apps { nodes { id } } }", "Field 'apps' doesn't exist on type 'Queries'")]
    [InlineData("{ app(name: \"nobody\") { id } }", "Could not find App")]
    [InlineData("{ app(name: \"checkout\") }", "Field 'app' must have a selection of subfields")]
    [InlineData("mutation { deleteApp(appId: \"checkout\") { id } }", "The simulated Fly answers queries only, not a mutation.")]
    [InlineData("{ app(name: \"checkout\") { ...Gone } }", "Fragment Gone was used, but not defined, or contains itself.")]
    [InlineData("{ app(name: \"checkout\") { id ", "Unexpected end of document")]
    public async Task What_the_graph_does_not_know_is_said(string query, string because)
    {
        await using var fly = await FlyPractice.StartAsync();

        Assert.Equal(because, (string?)(await GraphAsync(fly, query, [])).Body["errors"]![0]!["message"]);
    }

    [Fact]
    public async Task Every_simulated_field_is_in_the_vendors_schema_with_the_same_type()
    {
        var schema = await File.ReadAllTextAsync(RepositoryRoot.Path("tests", "specs", "fly", "graphql-schema.graphql"), TestContext.Current.CancellationToken);
        var types = new Lab.Fly.GraphQl.FlyGraph(world: null!).Types; // Only its shape is looked at.

        Assert.All(types.SelectMany(type => type.Value.Select(member => (Type: type.Key, Name: member.Key, Spelt: member.Value.Type))), member =>
        {
            var start = schema.IndexOf($"\ntype {member.Type} ", StringComparison.Ordinal);
            Assert.True(start >= 0, $"The schema has no type {member.Type}.");
            var block = schema[start..schema.IndexOf("\n}", start, StringComparison.Ordinal)];
            Assert.Matches($@"\n  {member.Name}(\(.*\)|\([\s\S]*?\n  \))?: {System.Text.RegularExpressions.Regex.Escape(member.Spelt)}( @deprecated.*)?(\n|$)", block);
        });
    }

    [Fact]
    public async Task Logs_are_read_on_from_where_they_ended()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        var start = fly.Clock.GetUtcNow().AddMinutes(-10);
        fly.Fleet.Log(new LabLogLine(start.AddHours(-25), "info", id, "fra", "yesterday"));
        for (var i = 0; i < 250; i++)
        {
            fly.Fleet.Log(new LabLogLine(start.AddSeconds(i), i % 50 == 0 ? "error" : "info", id, "fra", $"line {i}"));
        }

        var newest = (await fly.GetAsync("api/v1/apps/checkout/logs")).Body;
        Assert.Equal(("line 150", "line 249"), (Message(newest, 0), Message(newest, 99)));

        var read = new List<string>();
        var token = ((start.AddSeconds(-1) - DateTimeOffset.UnixEpoch).Ticks * 100).ToString();
        while (true)
        {
            var page = (await fly.GetAsync($"api/v1/apps/checkout/logs?next_token={token}&region=fra&instance={id}")).Body;
            if (page["data"]!.AsArray().Count == 0)
            {
                break;
            }

            read.AddRange(page["data"]!.AsArray().Select((_, i) => Message(page, i)));
            token = (string)page["meta"]!["next_token"]!;
        }

        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"line {i}"), read);
        Assert.Empty((await fly.GetAsync("api/v1/apps/checkout/logs?region=syd")).Body["data"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await fly.GetAsync("api/v1/apps/nobody/logs")).Status);
    }

    private static string Message(JsonNode page, int i) => (string)page["data"]![i]!["attributes"]!["message"]!;

    private static Task<FlyReply> GraphAsync(FlyPractice fly, string query, JsonObject variables) =>
        fly.PostAsync("graphql", new JsonObject { ["query"] = query, ["variables"] = variables });
}
