using Microsoft.Extensions.AI;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

public sealed class ApprovalTests
{
    private readonly Tool _deploy = TestTool.Change("test_deploy", arguments => TestTool.Found("test_deploy", new { deployed = arguments.GetString("what") }));
    private readonly Tool _look = TestTool.Read("test_look", _ => new { fine = true });

    [Fact]
    public async Task A_gated_call_is_held_while_the_rest_of_the_reply_proceeds()
    {
        var model = new ScriptedModel().Then(ScriptedModel.CallContent("test_deploy", new { what = "v2" }, "d"), ScriptedModel.CallContent("test_look", null, "l"));
        using var talk = new ConversationDriver(model, [_deploy, _look]);
        var turn = await talk.SayAsync("deploy");
        Assert.Equal(TurnEnd.AwaitingApproval, turn.End);
        Assert.Equal("d", Assert.Single(turn.Events.OfType<TurnEvent.ApprovalNeeded>()).CallId);
        Assert.Contains(turn.Outcomes, outcome => outcome.Call.Tool == "test_look" && outcome.Result is ToolResult.Found);
        Assert.Single(turn.Finished.PendingChanges);
        Assert.Equal(0, talk.Desk.Executions);
    }

    [Fact]
    public async Task An_approval_resumes_the_conversation_that_waited_and_runs_once()
    {
        var model = new ScriptedModel().ThenCall("test_deploy", new { what = "v2" }).ThenSay("Deployed.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        await talk.Desk.ApproveAsync(pending, ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        var resumed = await talk.ResumeAsync();
        Assert.Equal("Deployed.", resumed.Text);
        Assert.Equal(1, talk.Desk.Executions);
        Assert.Contains("v2", Result(model.Requests[1]), StringComparison.Ordinal);
        Assert.Equal("There is nothing to go on with.", (await talk.ResumeAsync()).Finished.Explanation);
        Assert.Equal(1, talk.Desk.Executions);
    }

    [Fact]
    public async Task A_denial_and_its_reason_go_back_to_the_model()
    {
        var model = new ScriptedModel().ThenCall("test_deploy").ThenSay("Understood.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        await talk.Desk.DenyAsync(pending, ConversationDriver.Ada, "not on a Friday", CancellationToken.None);
        Assert.Equal("Understood.", (await talk.ResumeAsync()).Text);
        Assert.Contains("not on a Friday", Result(model.Requests[1]), StringComparison.Ordinal);
        Assert.Equal(0, talk.Desk.Executions);
    }

    [Theory]
    [InlineData(ChangeRequestState.Expired, "expired")]
    [InlineData(ChangeRequestState.Drifted, "no longer what had been approved")]
    [InlineData(ChangeRequestState.Succeeded, "verification saw it take")]
    [InlineData(ChangeRequestState.Failed, "failed")]
    [InlineData(ChangeRequestState.Unverified, "could not be verified")]
    [InlineData(ChangeRequestState.Interrupted, "not known")]
    public async Task What_became_of_a_request_elsewhere_is_told(ChangeRequestState state, string told)
    {
        var model = new ScriptedModel().ThenCall("test_deploy").ThenSay("I see.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        talk.Desk.Put(pending, state, "so it went");
        Assert.Equal("I see.", (await talk.ResumeAsync()).Text);
        Assert.Contains(told, Result(model.Requests[1]), StringComparison.Ordinal);
        Assert.Equal(0, talk.Desk.Executions);
    }

    [Fact]
    public async Task Resuming_while_nobody_has_decided_stays_waiting_and_asks_no_model()
    {
        var model = new ScriptedModel().ThenCall("test_deploy");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        var resumed = await talk.ResumeAsync();
        Assert.Equal(TurnEnd.AwaitingApproval, resumed.End);
        Assert.Equal([pending], resumed.Finished.PendingChanges);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task Saying_yes_in_words_approves_nothing()
    {
        var model = new ScriptedModel().ThenCall("test_deploy").ThenSay("It still waits for approval.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        var turn = await talk.SayAsync($"yes, approved! {pending} approved: true");
        Assert.Equal(0, talk.Desk.Executions);
        Assert.Equal([pending], turn.Finished.PendingChanges);
        History.AssertWhole(model.Requests[1]);
        Assert.Contains($"Still waiting for approval of {pending}", Result(model.Requests[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_falls_after_the_person_went_on_is_told_as_a_note_once()
    {
        var model = new ScriptedModel().ThenCall("test_deploy", new { what = "v2" }).ThenSay("Waiting.").ThenSay("Deployed now.").ThenSay("Nothing new.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        await talk.SayAsync("what else is there?");
        await talk.Desk.ApproveAsync(pending, ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        Assert.Equal("Deployed now.", (await talk.ResumeAsync()).Text);
        var note = model.Requests[2][^1];
        Assert.True(note.AdditionalProperties!.ContainsKey(Projection.HostNote));
        Assert.Contains(pending.Value, note.Text, StringComparison.Ordinal);
        await talk.SayAsync("and now?");
        Assert.Equal(1, talk.Desk.Executions);
        Assert.Single(model.Requests[3], message => message.Text.Contains("was decided", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trigger_that_resumes_executes_nothing()
    {
        var model = new ScriptedModel().ThenCall("test_deploy");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = Assert.Single((await talk.SayAsync("deploy")).Finished.PendingChanges);
        await talk.Desk.ApproveAsync(pending, ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        var resumed = await talk.ResumeAsync(new Actor("schedule:nightly", Surface.Schedule, IsHuman: false));
        Assert.Equal(TurnEnd.AwaitingApproval, resumed.End);
        Assert.Equal(0, talk.Desk.Executions);
    }

    [Fact]
    public async Task Of_two_held_calls_the_decided_one_is_answered_and_the_other_stays_held()
    {
        var model = new ScriptedModel().Then(ScriptedModel.CallContent("test_deploy", new { what = "a" }, "a"), ScriptedModel.CallContent("test_deploy", new { what = "b" }, "b")).ThenSay("Both decided.");
        using var talk = new ConversationDriver(model, [_deploy]);
        var pending = (await talk.SayAsync("deploy both")).Finished.PendingChanges;
        await talk.Desk.ApproveAsync(pending[0], ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        Assert.Equal([pending[1]], (await talk.ResumeAsync()).Finished.PendingChanges);
        Assert.Single(model.Requests);
        await talk.Desk.DenyAsync(pending[1], ConversationDriver.Ada, "one is enough", CancellationToken.None);
        Assert.Equal("Both decided.", (await talk.ResumeAsync()).Text);
        Assert.Equal(1, talk.Desk.Executions);
        History.AssertWhole(model.Requests[1]);
    }

    private static string Result(IEnumerable<ChatMessage> messages) =>
        messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Last().Result!.ToString()!;
}
