using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Host.Commands.Documents;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Commands;

public sealed class ListingTests
{
    public static TheoryData<ChangeRequestState> States => [.. Enum.GetValues<ChangeRequestState>()];

    [Theory]
    [InlineData("changes show chg-7k2m9qx4ht", "changes_show")]
    [InlineData("changes list", "changes_list")]
    [InlineData("tools list", "tools_list")]
    [InlineData("tools check", "tools_check")]
    [InlineData("personas list", "personas_list")]
    [InlineData("skills list", "skills_list")]
    [InlineData("personas check", "personas_check")]
    public async Task Documents_keep_their_names(string commandLine, string name)
    {
        var host = Stocked();
        await host.RunAsync([.. commandLine.Split(' '), "--json"]);

        Assert.Empty(host.Console.Complained);
        Snapshot.Verify(host.Console.Said, name, "json");
    }

    [Fact]
    public async Task A_change_that_was_decided_and_ran_shows_by_whom_where_when_and_how_it_ended()
    {
        var host = new HostDriver();
        host.Desk.Add(ChangeRequestBuilder.Rollback() with
        {
            State = ChangeRequestState.Unverified,
            Approvals = [new Approval("slack:U02BOB", Surface.Slack, ChangeRequestBuilder.Midnight.AddMinutes(4), SelfApproved: false, Override: true)],
            DecidedAt = ChangeRequestBuilder.Midnight.AddMinutes(4),
            ExecutedAt = ChangeRequestBuilder.Midnight.AddMinutes(5),
            CompletedAt = ChangeRequestBuilder.Midnight.AddMinutes(6),
            Outcome = "Executed. Not verified: no health check answers.",
        });
        await host.RunAsync("changes", "show", "chg-7k2m9qx4ht", "--json");

        Snapshot.Verify(host.Console.Said, "changes_show", "json");
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_state_is_one_word_in_lower_case_and_documented(ChangeRequestState state)
    {
        var host = new HostDriver();
        host.Desk.Add(ChangeRequestBuilder.Rollback() with { State = state });
        await host.RunAsync("changes", "show", "chg-7k2m9qx4ht", "--json");

        var shown = host.Json().GetProperty("state").GetString()!;
        Assert.Equal(state.ToString().ToLowerInvariant(), shown);
        Assert.Contains($"| `{shown}` |", await File.ReadAllTextAsync(RepositoryRoot.Path("docs", "changes.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changes show chg-7k2m9qx4ht", "changes_show")]
    [InlineData("tools list", "tools_list")]
    [InlineData("tools show prometheus_query", "tools_show")]
    [InlineData("personas show kai", "personas_show")]
    [InlineData("personas check", "personas_check")]
    [InlineData("skills show deploy-fly", "skills_show")]
    public async Task A_person_can_read_them(string commandLine, string name)
    {
        var host = Stocked();
        await host.RunAsync(commandLine.Split(' '));

        Assert.Empty(host.Console.Complained);
        Snapshot.Verify(host.Console.Said.Replace("expired at 03:30:00 UTC", "EXPIRY", StringComparison.Ordinal), name);
    }

    [Fact]
    public async Task A_persona_holds_only_what_it_names()
    {
        var host = Stocked();
        await host.RunAsync("tools", "list", "--persona", "kai", "--json");

        Assert.Equal(["prometheus_query"], host.Json().EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_file_that_does_not_load_is_a_no(bool loaded, int wanted) =>
        Assert.Equal(wanted, await new HostDriver().WithPersonaCheck(new DocumentRow("a.md", "a", "A", "agent", loaded, [])).RunAsync("personas", "check"));

    [Theory]
    [InlineData("found", 0)]
    [InlineData("noData", 0)]
    [InlineData("failed", 3)]
    [InlineData("denied", 1)]
    [InlineData("awaitingApproval", 4)]
    public async Task A_call_ends_as_its_result_says(string outcome, int wanted)
    {
        var host = new HostDriver();
        var evidence = new Evidence("prometheus", "up");
        host.Tools.Add("prometheus_query", outcome switch
        {
            "found" => new ToolResult.Found(new { up = 1 }, evidence),
            "noData" => new ToolResult.NoData("up in the last hour", ["nothing is scraped"], evidence),
            "failed" => new ToolResult.Failed("http://127.0.0.1:9090 refused the connection; is Prometheus running?", Retryable: true),
            "denied" => new ToolResult.Denied("freeze", "Black Friday"),
            _ => new ToolResult.AwaitingApproval(new Core.Changes.ChangeRequestId("chg-7k2m9qx4ht"), "Silence?"),
        });

        Assert.Equal(wanted, await host.RunAsync("tools", "call", "prometheus_query", "--args", """{"query":"up"}""", "--json"));
        Assert.Equal(outcome, host.Json().GetProperty("outcome").GetString());
    }

    private static HostDriver Stocked()
    {
        var host = new HostDriver().WithPersonaCheck(
            new DocumentRow("personas/kai.md", "kai", "Kai", "role", Loaded: true, [new DocumentRowProblem(12, "warning", "tool 'pager_page' matches nothing here")]),
            new DocumentRow("personas/broken.md", Id: null, Name: null, Dialect: null, Loaded: false, [new DocumentRowProblem(1, "error", "front matter is never closed; end it with ---")]));
        host.Desk.Add(ChangeRequestBuilder.Rollback());
        var nothing = new ToolResult.Found(1, new Evidence("prometheus", "up"));
        host.Tools.Add("prometheus_query", nothing).Add("fly_rollback", nothing, ToolEffect.Change);
        return host;
    }
}
