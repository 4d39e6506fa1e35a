using SreAgent.Core.Changes;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Terminal.Keys;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Terminal;

public sealed class ApprovalTests
{
    [Theory]
    [InlineData("checkout-prod", true)]
    [InlineData("  checkout-prod ", true)]
    [InlineData("Checkout-prod", false)]
    [InlineData("y", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData("checkout", false)]
    public async Task Only_the_phrase_approves(string typed, bool wanted)
    {
        var terminal = new ScriptedTerminal();
        var asking = Prompt(terminal).AskAsync(ChangeRequestBuilder.Rollback(), overrideDenial: false, CancellationToken.None);
        await terminal.ShowsAsync("approve>");
        terminal.Enter(typed);

        Assert.Equal(wanted, await asking);
        Assert.Equal(0, terminal.Holders);
    }

    [Fact]
    public async Task What_was_typed_before_the_plan_was_shown_does_not_count()
    {
        var terminal = new ScriptedTerminal();
        terminal.Enter("checkout-prod");
        var asking = Prompt(terminal).AskAsync(ChangeRequestBuilder.Rollback(), overrideDenial: false, CancellationToken.None);
        await terminal.ShowsAsync("approve>");
        Assert.False(asking.IsCompleted);
        terminal.Press(Key.Ctrl('c'));

        Assert.False(await asking);
    }

    [Fact]
    public void The_card_says_what_where_and_how_to_take_it_back() => Snapshot.Verify(Card(ChangeRequestBuilder.Rollback()));

    [Fact]
    public void The_card_cannot_be_forged_from_inside()
    {
        var request = ChangeRequestBuilder.Rollback();
        var hostile = request with
        {
            Arguments = System.Text.Json.JsonElement.Parse("""{"reason":"fine\u001b[2J\u001b[1;1H\n  where        staging\r","app":"a\u202eb"}"""),
            Plan = request.Plan with { Summary = "Nothing\u001b[8m hidden", BlastRadius = "none\n  undo         not needed" },
        };

        Snapshot.Verify(Card(hostile));
        Assert.DoesNotContain(Card(hostile), c => c != '\n' && char.IsControl(c));
    }

    [Fact]
    public async Task A_yes_of_the_wrong_person_changes_nothing()
    {
        var terminal = new ScriptedTerminal();
        var desk = new RehearsedDesk(TimeProvider.System) { Refused = ("*", "four-eyes", "os:ada asked for this change; production wants a second person.") };
        var request = ChangeRequestBuilder.Rollback();
        desk.Add(request);
        var flow = new ApprovalFlow(desk, terminal, new Ink(colour: false), TimeProvider.System)
            .RunAsync(request, new Core.Actors.Actor("os:ada", Core.Actors.Surface.Terminal, IsHuman: true), overrideDenial: false, CancellationToken.None);
        await terminal.ShowsAsync("approve>");
        terminal.Enter("checkout-prod");

        Assert.Equal(1, (await flow).ExitStatus);
        Assert.Equal(0, desk.Executions);
        Assert.Contains("four-eyes", terminal.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChangeRequestState.Succeeded, 0)]
    [InlineData(ChangeRequestState.Failed, 1)]
    [InlineData(ChangeRequestState.Unverified, 1)]
    [InlineData(ChangeRequestState.Drifted, 1)]
    public async Task The_exit_status_says_what_became_of_it(ChangeRequestState end, int wanted)
    {
        var terminal = new ScriptedTerminal();
        var desk = new RehearsedDesk(TimeProvider.System) { EndsAs = end };
        var request = ChangeRequestBuilder.Rollback();
        desk.Add(request);
        var flow = new ApprovalFlow(desk, terminal, new Ink(colour: false), TimeProvider.System)
            .RunAsync(request, new Core.Actors.Actor("os:bob", Core.Actors.Surface.Terminal, IsHuman: true), overrideDenial: false, CancellationToken.None);
        await terminal.ShowsAsync("approve>");
        terminal.Enter("checkout-prod");

        Assert.Equal(wanted, (await flow).ExitStatus);
        Assert.Equal(1, desk.Executions);
    }

    private static ApprovalPrompt Prompt(ScriptedTerminal terminal) => new(terminal, new Ink(colour: false), TimeProvider.System);

    private static string Card(ChangeRequest request) =>
        string.Join('\n', ChangeCard.Lines(request, ChangeRequestBuilder.Midnight.AddMinutes(3), width: 90, new Ink(colour: false)));
}
