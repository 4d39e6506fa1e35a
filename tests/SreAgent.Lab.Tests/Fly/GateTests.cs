using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class GateTests
{
    [Fact]
    public async Task Nobody_comes_in_without_the_token()
    {
        await using var fly = await FlyPractice.StartAsync();
        foreach (var path in new[] { "v1/apps?org_slug=lab", "api/v1/apps/checkout/releases", "v2/", "graphql" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await As(fly, path, authorization: null)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await As(fly, path, "Bearer fm2_guessed")).Status);
        }
    }

    [Theory]
    [InlineData("FlyV1 {0}")]
    [InlineData("FlyV1 fm2_other,{0}")]
    [InlineData("Bearer {0}")]
    public async Task A_token_may_come_by_either_scheme_and_among_others(string header)
    {
        await using var fly = await FlyPractice.StartAsync();

        Assert.Equal("agent@lab.example", (string?)(await As(fly, "v1/tokens/current", string.Format(header, fly.Seed.Token))).Body["tokens"]![0]!["user"]);
    }

    [Fact]
    public async Task Every_answer_has_an_id()
    {
        await using var fly = await FlyPractice.StartAsync();

        var answers = new[] { await fly.GetAsync("v1/apps/checkout"), await fly.GetAsync("v1/apps/nobody"), await As(fly, "v2/", authorization: null), await fly.GetAsync("nowhere") };

        Assert.Equal(4, answers.Select(answer => answer.Headers["fly-request-id"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("404 page not found\n", answers[^1].Text);
    }

    [Fact]
    public async Task One_action_on_one_machine_is_allowed_once_a_second_after_three_at_once()
    {
        await using var fly = await FlyPractice.StartAsync(seed => seed with { LimitsRequests = true });
        var machines = await fly.MachinesAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await fly.PostAsync($"v1/apps/checkout/machines/{machines[0]}/cordon")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await fly.PostAsync($"v1/apps/checkout/machines/{machines[0]}/cordon")).Status);
        Assert.Equal(HttpStatusCode.OK, (await fly.PostAsync($"v1/apps/checkout/machines/{machines[1]}/cordon")).Status);
        Assert.Equal(HttpStatusCode.OK, (await fly.PostAsync($"v1/apps/checkout/machines/{machines[0]}/uncordon")).Status);
        fly.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await fly.PostAsync($"v1/apps/checkout/machines/{machines[0]}/cordon")).Status);
    }

    [Fact]
    public async Task A_machine_may_be_read_ten_times_at_once()
    {
        await using var fly = await FlyPractice.StartAsync(seed => seed with { LimitsRequests = true });
        var id = (await fly.MachinesAsync())[0];

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 11; i++)
        {
            answers.Add((await fly.GetAsync($"v1/apps/checkout/machines/{id}")).Status);
        }

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task A_body_that_is_none_is_refused(string body)
    {
        await using var fly = await FlyPractice.StartAsync();

        var answer = await fly.SendAsync(HttpMethod.Post, "graphql", change: request => request.Content = new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task A_registry_is_read_by_tag_and_digest()
    {
        await using var fly = await FlyPractice.StartAsync();
        var image = FlyPractice.Image("checkout", "v42");

        var byTag = await fly.GetAsync("v2/checkout/manifests/v42");
        Assert.Equal((image.Digest, Encoding.UTF8.GetString(image.Manifest)), (byTag.Headers["Docker-Content-Digest"], byTag.Text));
        Assert.Equal(byTag.Text, (await fly.GetAsync($"v2/checkout/manifests/{image.Digest}")).Text);
        Assert.Equal((HttpStatusCode.OK, ""), ((await fly.SendAsync(HttpMethod.Head, "v2/checkout/manifests/v42")).Status, (await fly.SendAsync(HttpMethod.Head, "v2/checkout/manifests/v42")).Text));
        var configuration = (await fly.GetAsync($"v2/checkout/blobs/{(string?)byTag.Body["config"]!["digest"]}")).Body;
        Assert.Equal("v42", (string?)configuration["config"]!["Labels"]!["org.opencontainers.image.version"]);
        Assert.Equal(3, (await fly.GetAsync("v2/checkout/tags/list")).Body["tags"]!.AsArray().Count);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{fly.Seed.Token}"));
        Assert.Equal(HttpStatusCode.OK, (await As(fly, "v2/", $"Basic {basic}")).Status);
        Assert.Contains("Basic", (await As(fly, "v2/", authorization: null)).Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pruned_image_is_gone_from_the_registry_while_machines_run_on()
    {
        await using var fly = await FlyPractice.StartAsync();
        fly.Simulator.PruneImage("checkout", "v42");

        Assert.Equal("MANIFEST_UNKNOWN", (string?)(await fly.GetAsync("v2/checkout/manifests/v42")).Body["errors"]![0]!["code"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await fly.UpdateAsync((await fly.MachinesAsync())[0], FlyPractice.Reference("v42"))).Status);
        var release = await fly.PostAsync("api/v1/releases", new JsonObject { ["app_name"] = "checkout", ["image"] = FlyPractice.Reference("v42") });
        Assert.Equal(HttpStatusCode.NotFound, release.Status);
        Assert.StartsWith("Could not find image", release.Error, StringComparison.Ordinal);
        Assert.Equal(2, fly.Fleet.Running.Values.Count(machine => machine.Image == "v42"));
    }

    private static Task<FlyReply> As(FlyPractice fly, string path, string? authorization) => fly.SendAsync(HttpMethod.Get, path, change: request =>
        request.Headers.TryAddWithoutValidation("Authorization", authorization ?? "None"));
}
