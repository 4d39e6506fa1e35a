using System.Net;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>A rollout in GitHub's list of deployments.</summary>
public class DeploymentRecorderTests
{
    private static readonly RolloutRecord Record = new(
        new ChangeRequestId("chg-7k2m9qx4ht"), "checkout", "production", IsRollback: false, "v42", "v43", Hash, "acme/shop", Dashboard: null, "ada", ["bo"],
        new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_as_a_deployment_in_progress_of_exactly_that_commit()
    {
        using var github = new AGitHub()
            .Post("/repos/acme/shop/deployments", Json($$"""{"id":9,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-20T12:00:00Z"}""", HttpStatusCode.Created))
            .Post("/repos/acme/shop/deployments/9/statuses", Json("""{"id":1,"state":"in_progress","created_at":"2026-11-20T12:00:00Z"}""", HttpStatusCode.Created));

        Assert.Equal("9", await github.Recorder.OpenAsync(Record, Token));

        var writes = github.Writes.Select(write => JsonElement.Parse(write.Body)).ToArray();
        Assert.Equal(
            $$$"""{"ref":"{{{Hash}}}","task":"deploy","environment":"production","description":"Deploy checkout to v43 (chg-7k2m9qx4ht)","payload":{"change":"chg-7k2m9qx4ht","service":"checkout","from":"v42","to":"v43","rollback":false},"auto_merge":false,"required_contexts":[],"production_environment":true}""",
            writes[0].GetRawText());
        Assert.Equal("in_progress", writes[1].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(VerificationVerdict.Passed, "success")]
    [InlineData(VerificationVerdict.Failed, "failure")]
    [InlineData(VerificationVerdict.Unverified, "error")]
    public async Task It_closes_with_what_verification_saw(VerificationVerdict verdict, string state)
    {
        using var github = new AGitHub()
            .Get("/repos/acme/shop/deployments/9/statuses", Json("""[{"id":1,"state":"in_progress","created_at":"2026-11-20T12:00:00Z"}]"""))
            .Post("/repos/acme/shop/deployments/9/statuses", Json("""{"id":2,"state":"x","created_at":"2026-11-20T12:05:00Z"}""", HttpStatusCode.Created));

        await github.Recorder.CloseAsync(Record, "9", new RolloutEnding(Record.StartedAt, verdict, "Looked at password: hunter2hunter2. " + new string('x', 300)), Token);

        var sent = JsonElement.Parse(Assert.Single(github.Writes).Body);
        Assert.Equal(state, sent.GetProperty("state").GetString());
        Assert.InRange(sent.GetProperty("description").GetString()!.Length, 1, 140);
        Assert.StartsWith($"{verdict}: Looked at password: [redacted:password]", sent.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_twice_with_the_same_ending_leaves_one_status()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/deployments/9/statuses", Json("""[{"id":2,"state":"success","created_at":"2026-11-20T12:05:00Z"}]"""));

        await github.Recorder.CloseAsync(Record, "9", new RolloutEnding(Record.StartedAt, VerificationVerdict.Passed, "ok"), Token);

        Assert.Empty(github.Writes);
    }

    [Fact]
    public async Task It_is_found_again_by_its_change()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/deployments", Json($$"""
            [{"id":11,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-20T12:00:00Z","payload":{"change":"chg-other"} },
             {"id":10,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-20T12:00:00Z","payload":{} },
             {"id":9,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-20T12:00:00Z","payload":{"change":"chg-7k2m9qx4ht"} }]
            """));

        Assert.Equal("9", await github.Recorder.FindAsync(Record, Token));
        Assert.Null(await github.Recorder.FindAsync(Record with { Change = new ChangeRequestId("chg-unknown") }, Token));
        Assert.Equal($"?sha={Hash}&environment=production&per_page=100", github.Stub.Asked[0].Query);
    }

    [Fact]
    public async Task It_takes_only_what_has_a_place_and_may_be_written_there()
    {
        using var github = new AGitHub();
        using var forbidden = new AGitHub().With("Repositories:acme/shop:Deployments", "false");

        Assert.True(github.Recorder.Takes(Record));
        Assert.False(github.Recorder.Takes(Record with { Commit = null }));
        Assert.False(github.Recorder.Takes(Record with { Commit = "v43" }));
        Assert.False(github.Recorder.Takes(Record with { Repository = null }));
        Assert.False(github.Recorder.Takes(Record with { Repository = "acme/other" }));
        Assert.False(forbidden.Recorder.Takes(Record));
        await Assert.ThrowsAsync<ToolException>(() => forbidden.Recorder.OpenAsync(Record, Token));
        Assert.Empty(forbidden.Stub.Asked);
    }
}
